//! The forms of English verbs: regular spelling rules and a table of the irregular ones.

/// The forms of one verb. Forms may coincide (`put`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verb {
    /// `go`
    pub base: String,
    /// `goes`
    pub third: String,
    /// `went`; more than one for `burned`, `burnt`; the first is the one that a fix writes.
    pub past: Vec<String>,
    /// `gone`
    pub participle: Vec<String>,
    /// `going`
    pub gerund: String,
}

/// Which form of a verb stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Infinitive or present.
    Base,
    /// Third person singular.
    Third,
    /// Simple past.
    Past,
    /// Past participle.
    Participle,
    /// The -ing form.
    Gerund,
}

/// `base past participle`, alternatives separated by `/`; the other forms are regular.
const IRREGULAR: &str = "
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become
begin began begun|bend bent bent|bet bet bet|bid bid bid|bind bound bound|bite bit bitten
bleed bled bled|blow blew blown|break broke broken|breed bred bred|bring brought brought
build built built|burn burned/burnt burned/burnt|burst burst burst|buy bought bought
cast cast cast|catch caught caught|choose chose chosen|cling clung clung|come came come
cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug|do did done
draw drew drawn|dream dreamed/dreamt dreamed/dreamt|drink drank drunk|drive drove driven
eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found
flee fled fled|fling flung flung|fly flew flown|forbid forbade forbidden|forget forgot forgotten
forgive forgave forgiven|freeze froze frozen|get got got/gotten|give gave given|go went gone
grind ground ground|grow grew grown|hang hung/hanged hung/hanged|hear heard heard|hide hid hidden
hit hit hit|hold held held|hurt hurt hurt|keep kept kept|kneel knelt knelt|know knew known
lay laid laid|lead led led|lean leaned/leant leaned/leant|leap leaped/leapt leaped/leapt
learn learned/learnt learned/learnt|leave left left|lend lent lent|let let let|lie lay/lied lain/lied
light lit/lighted lit/lighted|lose lost lost|make made made|mean meant meant|meet met met
mistake mistook mistaken|mow mowed mown/mowed|pay paid paid|prove proved proved/proven|put put put
quit quit quit|read read read|rid rid rid|ride rode ridden|ring rang rung|rise rose risen|run ran run
saw sawed sawn/sawed|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent
set set set|sew sewed sewn/sewed|shake shook shaken|shed shed shed|shine shone/shined shone/shined
shoot shot shot|show showed shown/showed|shrink shrank shrunk|shut shut shut|sing sang sung
sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|sling slung slung|slit slit slit
smell smelled/smelt smelled/smelt|sow sowed sown/sowed|speak spoke spoken|speed sped sped
spell spelled/spelt spelled/spelt|spend spent spent|spill spilled/spilt spilled/spilt|spin spun spun
spit spat/spit spat/spit|split split split|spoil spoiled/spoilt spoiled/spoilt|spread spread spread
spring sprang sprung|stand stood stood|steal stole stolen|stick stuck stuck|sting stung stung
stink stank stunk|strike struck struck|strive strove striven|swear swore sworn|sweat sweated/sweat sweated/sweat
sweep swept swept|swell swelled swollen|swim swam swum|swing swung swung|take took taken
teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown
thrust thrust thrust|tread trod trodden|undergo underwent undergone|understand understood understood
undertake undertook undertaken|undo undid undone|unwind unwound unwound|uphold upheld upheld
upset upset upset|wake woke woken|wear wore worn|weave wove woven|weep wept wept|wet wet wet
win won won|wind wound wound|withdraw withdrew withdrawn|withhold withheld withheld
withstand withstood withstood|wring wrung wrung|write wrote written
overcome overcame overcome|overtake overtook overtaken|overthrow overthrew overthrown|override overrode overridden
";

/// Verbs of more than one syllable whose last one is stressed, so that its consonant doubles.
const DOUBLING: &[&str] = &[
    "abet", "abhor", "abut", "acquit", "admit", "allot", "annul", "begin", "beset", "commit",
    "compel", "concur", "confer", "control", "corral", "defer", "demur", "deter", "disbar",
    "dispel", "emit", "enrol", "entrap", "equip", "excel", "expel", "extol", "forget", "impel",
    "incur", "infer", "input", "kidnap", "occur", "offset", "omit", "outwit", "patrol", "permit",
    "prefer", "program", "propel", "rebel", "rebut", "recap", "recur", "refer", "regret", "reset",
    "submit", "transfer", "transmit", "unplug", "unwrap", "upset", "zigzag", "worship", "handicap",
    "format", "humbug", "debug", "outrun", "rerun", "undercut", "unzip",
];

/// Verbs in -l that British papers double and American ones do not; both spellings are matched.
const BRITISH_DOUBLING: &[&str] = &[
    "cancel", "counsel", "dial", "duel", "fuel", "initial", "label", "level", "marshal", "marvel",
    "model", "pedal", "quarrel", "rival", "shovel", "signal", "spiral", "total", "travel",
    "tunnel", "unravel",
];

/// The forms of `base`, or of its first word when it is a phrasal verb.
pub fn verb(base: &str) -> Verb {
    match base {
        "be" => return table("be", "is", &["was", "were"], &["been"], "being"),
        "have" => return table("have", "has", &["had"], &["had"], "having"),
        _ => {}
    }
    let third = third(base);
    let gerund = gerund(base);
    for row in IRREGULAR.split(['|', '\n']) {
        let mut cells = row.split(' ');
        if cells.next() == Some(base) {
            let mut list = || -> Vec<String> {
                cells
                    .next()
                    .unwrap_or("")
                    .split('/')
                    .map(str::to_owned)
                    .collect()
            };
            let past = list();
            let participle = list();
            return Verb {
                base: base.to_owned(),
                third,
                past,
                participle,
                gerund,
            };
        }
    }
    let past = vec![past(base)];
    Verb {
        base: base.to_owned(),
        third,
        participle: past.clone(),
        past,
        gerund,
    }
}

fn table(base: &str, third: &str, past: &[&str], participle: &[&str], gerund: &str) -> Verb {
    let own = |list: &[&str]| list.iter().map(|&w| w.to_owned()).collect();
    Verb {
        base: base.to_owned(),
        third: third.to_owned(),
        past: own(past),
        participle: own(participle),
        gerund: gerund.to_owned(),
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn third(base: &str) -> String {
    match consonant_y(base) {
        Some(stem) => format!("{stem}ies"),
        None if base == "quit" => "quits".into(),
        None if base.ends_with(['s', 'x', 'z'])
            || base.ends_with("ch")
            || base.ends_with("sh")
            || matches!(base, "go" | "do" | "undergo" | "undo" | "veto" | "echo") =>
        {
            format!("{base}es")
        }
        None => format!("{base}s"),
    }
}

fn past(base: &str) -> String {
    match consonant_y(base) {
        Some(stem) => format!("{stem}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        None if doubles(base) => format!("{base}{}ed", &base[base.len() - 1..]),
        None if base.ends_with("ic") => format!("{base}ked"),
        None => format!("{base}ed"),
    }
}

fn gerund(base: &str) -> String {
    if let Some(stem) = base.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    let silent = base.ends_with('e')
        && !(base.ends_with("ee")
            || base.ends_with("oe")
            || base.ends_with("ye")
            || matches!(base, "singe" | "binge" | "age"));
    if silent && base.len() > 2 {
        return format!("{}ing", &base[..base.len() - 1]);
    }
    if doubles(base) {
        return format!("{base}{}ing", &base[base.len() - 1..]);
    }
    if base.ends_with("ic") {
        return format!("{base}king");
    }
    format!("{base}ing")
}

fn consonant_y(base: &str) -> Option<&str> {
    let stem = base.strip_suffix('y')?;
    (!stem.ends_with(is_vowel)).then_some(stem)
}

/// Consonant, single vowel, consonant at the end, and stressed: `stop`, `admit`, not `visit`.
fn doubles(base: &str) -> bool {
    if !base.is_ascii() {
        return false;
    }
    let letters: Vec<char> = base.chars().collect();
    let [.., a, b, c] = letters[..] else {
        return false;
    };
    let shape = !is_vowel(c)
        && !matches!(c, 'w' | 'x' | 'y')
        && is_vowel(b)
        && (!is_vowel(a) || base.contains("qu") && a == 'u');
    let one_syllable = letters.iter().filter(|&&l| is_vowel(l)).count() == 1
        || base.starts_with("qu") && letters.len() == 4;
    shape && (one_syllable || DOUBLING.contains(&base))
}

impl Verb {
    /// Every form, spelling variants included, without repeats.
    pub fn forms(&self) -> Vec<String> {
        let mut all = vec![self.base.clone(), self.third.clone()];
        all.extend(self.past.iter().cloned());
        all.extend(self.participle.iter().cloned());
        all.push(self.gerund.clone());
        match self.base.as_str() {
            "be" => all.extend(["am".into(), "are".into()]),
            base if BRITISH_DOUBLING.contains(&base) => {
                all.extend([format!("{base}led"), format!("{base}ling")]);
            }
            _ => {}
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Which forms `word` can be, the likeliest in print first.
    pub fn readings(&self, word: &str) -> Vec<Form> {
        let mut out = Vec::new();
        if self.past.iter().any(|w| w == word) || word == format!("{}led", self.base) {
            out.push(Form::Past);
        }
        if self.participle.iter().any(|w| w == word) || word == format!("{}led", self.base) {
            out.push(Form::Participle);
        }
        if word == self.third {
            out.push(Form::Third);
        }
        if word == self.base || self.base == "be" && matches!(word, "am" | "are") {
            out.push(Form::Base);
        }
        if word == self.gerund || word == format!("{}ling", self.base) {
            out.push(Form::Gerund);
        }
        out
    }

    /// The form as a fix writes it.
    pub fn form(&self, form: Form) -> &str {
        match form {
            Form::Base => &self.base,
            Form::Third => &self.third,
            Form::Past => &self.past[0],
            Form::Participle => &self.participle[0],
            Form::Gerund => &self.gerund,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_rules() {
        for (base, want) in [
            ("put", "put puts putting"),
            ("celebrate", "celebrate celebrated celebrates celebrating"),
            ("stop", "stop stopped stopping stops"),
            ("admit", "admit admits admitted admitting"),
            ("visit", "visit visited visiting visits"),
            ("carry", "carried carries carry carrying"),
            ("go", "goes going gone go went"),
            ("lie", "lain lay lie lied lies lying"),
            (
                "travel",
                "travel traveled traveling travelled travelling travels",
            ),
            ("see", "saw see seeing seen sees"),
            ("panic", "panic panicked panicking panics"),
            ("play", "play played playing plays"),
            ("be", "am are be been being is was were"),
        ] {
            let mut want: Vec<&str> = want.split(' ').collect();
            want.sort_unstable();
            assert_eq!(verb(base).forms(), want, "{base}");
        }
    }
}
