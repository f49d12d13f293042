//! The rules, one a file, a folder a group, and the list of them all.
//!
//! `tests/registry.rs` holds that files and list are the same.
use crate::Rule;

/// The rules of group `debris`.
pub mod debris {
    pub mod assistant_wrapper;
    pub mod invisible_character;
    pub mod markup_residue;
    pub mod mojibake;
    pub mod placeholder;
    pub mod tokenizer_mark;
}

/// The rules of group `grammar`.
pub mod grammar {
    pub mod adverb_placement;
    pub mod age_with_have;
    pub mod anaphoric_same;
    pub mod article_before_percent;
    pub mod article_before_title;
    pub mod day_calque;
    pub mod double_comparative;
    pub mod double_negative;
    pub mod infinitive_complement;
    pub mod null_subject;
    pub mod perfect_with_date;
    pub mod possessive_number;
    pub mod possessive_person;
    pub mod preposition_calque;
    pub mod pronoun_conflict;
    pub mod raised_gerund;
    pub mod rumour_conditional;
    pub mod since_duration;
    pub mod uncountable_plural;
    pub mod verb_first;
}

/// The rules of group `lexis`.
pub mod lexis {
    pub mod acronym_gloss;
    pub mod calque;
    pub mod false_friend;
    pub mod literal_idiom;
    pub mod reporting_verb;
    pub mod untranslated_passage;
    pub mod untranslated_word;
}

/// The rules of group `locale`.
pub mod locale {
    pub mod clock_format;
    pub mod currency_format;
    pub mod date_order;
    pub mod decimal_comma;
    pub mod lower_case_proper;
    pub mod ordinal_mark;
    pub mod percent_format;
    pub mod spanish_date;
    pub mod split_number;
    pub mod thousand_million;
    pub mod thousands_point;
    pub mod unit_format;
}

/// The rules of group `names`.
pub mod names {
    pub mod name_variant;
    pub mod outdated_exonym;
    pub mod spanish_exonym;
    pub mod spanish_transliteration;
    pub mod translated_name;
}

/// The rules of group `structure`.
pub mod structure {
    pub mod agency_tag;
    pub mod cms_residue;
    pub mod glued_text;
    pub mod headline_calque;
    pub mod interview_marker;
    pub mod missing_paragraphs;
    pub mod page_furniture;
    pub mod phrase_loop;
    pub mod repeated_passage;
    pub mod repeated_word;
    pub mod sentence_fragment;
    pub mod truncated_text;
}

/// The rules of group `terms`.
pub mod terms {
    pub mod acronym_conflict;
    pub mod acronym_mismatch;
    pub mod acronym_undefined;
    pub mod literal_office;
    pub mod literal_organization;
    pub mod spanish_acronym;
}

/// The rules of group `typography`.
pub mod typography {
    pub mod dialogue_dash;
    pub mod doubled_punctuation;
    pub mod inverted_mark;
    pub mod misdirected_quote;
    pub mod mixed_quotes;
    pub mod reversed_guillemet;
    pub mod spaced_punctuation;
    pub mod spaced_quote;
    pub mod stray_guillemet;
    pub mod stray_stop;
    pub mod unpaired_bracket;
    pub mod unpaired_quote;
}

/// Every rule, sorted by group and id.
pub static ALL: &[&Rule] = &[
    &debris::assistant_wrapper::RULE,
    &debris::invisible_character::RULE,
    &debris::markup_residue::RULE,
    &debris::mojibake::RULE,
    &debris::placeholder::RULE,
    &debris::tokenizer_mark::RULE,
    &grammar::adverb_placement::RULE,
    &grammar::age_with_have::RULE,
    &grammar::anaphoric_same::RULE,
    &grammar::article_before_percent::RULE,
    &grammar::article_before_title::RULE,
    &grammar::day_calque::RULE,
    &grammar::double_comparative::RULE,
    &grammar::double_negative::RULE,
    &grammar::infinitive_complement::RULE,
    &grammar::null_subject::RULE,
    &grammar::perfect_with_date::RULE,
    &grammar::possessive_number::RULE,
    &grammar::possessive_person::RULE,
    &grammar::preposition_calque::RULE,
    &grammar::pronoun_conflict::RULE,
    &grammar::raised_gerund::RULE,
    &grammar::rumour_conditional::RULE,
    &grammar::since_duration::RULE,
    &grammar::uncountable_plural::RULE,
    &grammar::verb_first::RULE,
    &lexis::acronym_gloss::RULE,
    &lexis::calque::RULE,
    &lexis::false_friend::RULE,
    &lexis::literal_idiom::RULE,
    &lexis::reporting_verb::RULE,
    &lexis::untranslated_passage::RULE,
    &lexis::untranslated_word::RULE,
    &locale::clock_format::RULE,
    &locale::currency_format::RULE,
    &locale::date_order::RULE,
    &locale::decimal_comma::RULE,
    &locale::lower_case_proper::RULE,
    &locale::ordinal_mark::RULE,
    &locale::percent_format::RULE,
    &locale::spanish_date::RULE,
    &locale::split_number::RULE,
    &locale::thousand_million::RULE,
    &locale::thousands_point::RULE,
    &locale::unit_format::RULE,
    &names::name_variant::RULE,
    &names::outdated_exonym::RULE,
    &names::spanish_exonym::RULE,
    &names::spanish_transliteration::RULE,
    &names::translated_name::RULE,
    &structure::agency_tag::RULE,
    &structure::cms_residue::RULE,
    &structure::glued_text::RULE,
    &structure::headline_calque::RULE,
    &structure::interview_marker::RULE,
    &structure::missing_paragraphs::RULE,
    &structure::page_furniture::RULE,
    &structure::phrase_loop::RULE,
    &structure::repeated_passage::RULE,
    &structure::repeated_word::RULE,
    &structure::sentence_fragment::RULE,
    &structure::truncated_text::RULE,
    &terms::acronym_conflict::RULE,
    &terms::acronym_mismatch::RULE,
    &terms::acronym_undefined::RULE,
    &terms::literal_office::RULE,
    &terms::literal_organization::RULE,
    &terms::spanish_acronym::RULE,
    &typography::dialogue_dash::RULE,
    &typography::doubled_punctuation::RULE,
    &typography::inverted_mark::RULE,
    &typography::misdirected_quote::RULE,
    &typography::mixed_quotes::RULE,
    &typography::reversed_guillemet::RULE,
    &typography::spaced_punctuation::RULE,
    &typography::spaced_quote::RULE,
    &typography::stray_guillemet::RULE,
    &typography::stray_stop::RULE,
    &typography::unpaired_bracket::RULE,
    &typography::unpaired_quote::RULE,
];

/// The rule with this id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}
