//! The rule `rumour-conditional`: “the suspect would have fled, according to police”.
use crate::{Document, Group, Kind, Mqm, Rule, Severity, Sink, Status};

/// A conditional stands for hearsay.
pub static RULE: Rule = Rule {
    id: "rumour-conditional",
    group: Group::Grammar,
    severity: Severity::Major,
    status: Status::Stable,
    mqm: Mqm::Mistranslation,
    summary: "A conditional stands for hearsay.",
    why: "Spanish papers put what is not proven into the conditional: *el sospechoso habría huido* is “the suspect reportedly fled”. In English “would have fled” says that he did not. In crime reports that is a legal risk, too.",
    flag: &[
        "According to the preliminary investigation, the man {would have participated=>reportedly participated} in 17 robberies.",
        "The director of the prison, who {would have allowed=>reportedly allowed} the weapons in, will be investigated.",
        "Police sources say the attacker {would have used=>reportedly used} a kitchen knife.",
        "The victim {would have been=>was reportedly} beaten by two men, according to witnesses.",
    ],
    pass: &[
        "He would have fled if the police had not come, witnesses said.",
        "The bomb would have killed dozens, according to police.",
        "Without the dog, the thief would have escaped, police said.",
        "She said she would have paid more for it.",
        "The bill would have allowed police to enter homes, according to its critics.",
        "Had he known, he would have left, according to his lawyer.",
        "Investigators said he would have needed a key.",
        "The old rule would have cost the firm millions, sources said.",
        "The victim would have been 30 next week, according to her family.",
        "The keeper, who would have taken the penalty, was hurt.",
        "The man who would have been king died on Monday.",
        "The attack would have caused chaos but for the guards.",
    ],
    lexicon: include_str!("../../../corpora/lexicon/rumour-conditional.toml"),
    check,
};

fn check(doc: &Document, sink: &mut Sink) {
    for hit in sink.hits() {
        let (from, participle) = (hit.from as usize, hit.to as usize - 1);
        if !is_suspect(doc, from) || !is_reported(doc, from) {
            continue;
        }
        let text = doc.text(participle);
        // “would have been beaten” → “was reportedly beaten”
        let better = if text == "been" {
            if !doc.is_participle(participle + 1) {
                continue;
            }
            "was reportedly".to_owned()
        } else {
            format!("reportedly {}", simple_past(text))
        };
        sink.report(
            hit.span(doc),
            "“Would have” says that it did not happen; for what is said to have happened write “reportedly” or “allegedly”.",
        )
        .spanish(hit.spanish())
        .suggest(better);
    }
}

/// Whether somebody is the subject who is under suspicion or was harmed.
fn is_suspect(doc: &Document, from: usize) -> bool {
    let start = doc.tokens_of(doc.sentence_of(from)).start;
    let mut clause = (start..from)
        .rev()
        .take(5)
        .skip_while(|&t| doc.tokens[t].kind != Kind::Word)
        .take_while(|&t| doc.tokens[t].kind == Kind::Word);
    let Some(subject) = clause.next() else {
        return false;
    };
    if doc.text(subject) == "who" {
        return true;
    }
    matches!(
        doc.text(subject),
        "suspect"
            | "suspects"
            | "detainee"
            | "detainees"
            | "attacker"
            | "attackers"
            | "victim"
            | "victims"
            | "gunman"
            | "gunmen"
            | "accused"
            | "defendant"
            | "defendants"
            | "man"
            | "men"
            | "woman"
            | "youth"
            | "youths"
            | "assailant"
            | "assailants"
            | "criminals"
            | "thieves"
            | "thief"
            | "murderer"
            | "killer"
            | "aggressor"
            | "individual"
            | "individuals"
            | "gang"
            | "band"
            | "organization"
            | "network"
            | "cell"
            | "perpetrator"
            | "perpetrators"
            | "driver"
            | "deceased"
            | "minor"
            | "minister"
            | "mayor"
            | "official"
            | "officials"
            | "officer"
            | "officers"
            | "businessman"
            | "leader"
            | "soldiers"
    )
}

/// Whether the sentence gives a source or speaks of a crime, and nothing in it makes the
/// conditional a real one.
fn is_reported(doc: &Document, from: usize) -> bool {
    let sentence = doc.tokens_of(doc.sentence_of(from));
    // “the director, who would have allowed the weapons in, will be investigated”
    let aside =
        from >= 2 && doc.text(from - 1) == "who" && doc.tokens[from - 2].kind == Kind::Comma;
    let mut reported = false;
    for t in sentence {
        match doc.text(t) {
            "if" | "If" | "but" | "without" | "Without" | "had" | "Had" | "otherwise"
            | "unless" | "instead" | "even" | "could" | "might" | "never" | "not" | "rather"
            | "under" | "Under" | "wanted" | "hoped" | "plan" => return false,
            "According" | "according" | "sources" | "police" | "Police" | "prosecutors"
            | "investigators" | "investigation" | "witnesses" | "allegedly" | "indictment"
            | "complaint" | "preliminary" | "prosecutor" | "authorities" | "presumably" => {
                reported = true;
            }
            "investigated" | "arrested" | "detained" | "charged" | "accused" | "jailed" => {
                reported |= aside;
            }
            _ => {}
        }
    }
    reported
}

/// The simple past of a participle of the lexicon.
fn simple_past(participle: &str) -> &str {
    match participle {
        "taken" => "took",
        "stolen" => "stole",
        "beaten" => "beat",
        "hidden" => "hid",
        "driven" => "drove",
        "thrown" => "threw",
        same => same,
    }
}
