//! The rules, one a file, a folder a group, and the list of them all.
//!
//! `tests/registry.rs` holds that files and list are the same.
use crate::Rule;

/// The rules of group `grammar`.
pub mod grammar {
    pub mod day_calque;
    pub mod infinitive_complement;
    pub mod raised_gerund;
}

/// The rules of group `lexis`.
pub mod lexis {
    pub mod acronym_gloss;
    pub mod calque;
    pub mod false_friend;
    pub mod literal_idiom;
    pub mod reporting_verb;
}

/// The rules of group `locale`.
pub mod locale {
    pub mod decimal_comma;
    pub mod thousands_point;
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

/// Every rule, sorted by group and id.
pub static ALL: &[&Rule] = &[
    &grammar::day_calque::RULE,
    &grammar::infinitive_complement::RULE,
    &grammar::raised_gerund::RULE,
    &lexis::acronym_gloss::RULE,
    &lexis::calque::RULE,
    &lexis::false_friend::RULE,
    &lexis::literal_idiom::RULE,
    &lexis::reporting_verb::RULE,
    &locale::decimal_comma::RULE,
    &locale::thousands_point::RULE,
    &names::name_variant::RULE,
    &names::outdated_exonym::RULE,
    &names::spanish_exonym::RULE,
    &names::spanish_transliteration::RULE,
    &names::translated_name::RULE,
    &structure::agency_tag::RULE,
    &structure::cms_residue::RULE,
    &structure::glued_text::RULE,
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
];

/// The rule with this id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.id == id)
}
