-- Format 12: what is known of the market and how well: segments, evidence, insights, claims,
-- objections and conversations; and what is said: positioning, messages, experiments, moments.

CREATE TABLE segment (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    who TEXT,
    workflow TEXT,
    problem TEXT,
    size REAL,
    size_unit TEXT,
    priority_segment TEXT CHECK (priority_segment IN ('yes', 'no')),
    retention REAL,
    asp REAL,
    ltv REAL,
    currency TEXT,
    value_source TEXT CHECK (value_source IN ('finance', 'estimate')),
    margin TEXT,
    reviewed_on TEXT CHECK (reviewed_on GLOB '????-??-??' AND date(reviewed_on) = reviewed_on),
    review_on TEXT CHECK (review_on GLOB '????-??-??' AND date(review_on) = review_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    kind TEXT CHECK (kind IN ('quote', 'call') OR kind IN ('interview', 'deal') OR kind IN ('ticket', 'metric') OR kind IN ('survey', 'analyst') OR kind IN ('competitor', 'opinion')),
    class TEXT CHECK (class IN ('user', 'market')),
    segment TEXT REFERENCES item(id),
    segment_unknown TEXT CHECK (segment_unknown IN ('yes', 'no')),
    stage TEXT CHECK (stage IN ('unaware', 'problem') OR stage IN ('solution', 'proposal') OR stage IN ('negotiation', 'onboarding') OR stage IN ('renewal', 'unknown')),
    account TEXT,
    strength INTEGER CHECK (strength BETWEEN 0 AND 3),
    conversation TEXT REFERENCES item(id),
    observed_on TEXT CHECK (observed_on GLOB '????-??-??' AND date(observed_on) = observed_on),
    captured_on TEXT CHECK (captured_on GLOB '????-??-??' AND date(captured_on) = captured_on),
    text TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_cell ON evidence(segment, stage, kind);
CREATE INDEX evidence_captured ON evidence(captured_on, class);
CREATE INDEX evidence_kind ON evidence(kind, captured_on);
CREATE INDEX evidence_observed ON evidence(observed_on, kind);
CREATE INDEX evidence_conversation ON evidence(conversation) WHERE conversation IS NOT NULL;

CREATE TABLE insight (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    spotted_on TEXT CHECK (spotted_on GLOB '????-??-??' AND date(spotted_on) = spotted_on),
    segment TEXT REFERENCES item(id),
    stage TEXT CHECK (stage IN ('unaware', 'problem') OR stage IN ('solution', 'proposal') OR stage IN ('negotiation', 'onboarding') OR stage IN ('renewal', 'unknown'))
) STRICT, WITHOUT ROWID;
CREATE INDEX insight_segment ON insight(segment) WHERE segment IS NOT NULL;

CREATE TABLE claim (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    critical TEXT CHECK (critical IN ('yes', 'no')),
    segment TEXT REFERENCES item(id),
    stage TEXT CHECK (stage IN ('unaware', 'problem') OR stage IN ('solution', 'proposal') OR stage IN ('negotiation', 'onboarding') OR stage IN ('renewal', 'unknown')),
    chosen_on TEXT CHECK (chosen_on GLOB '????-??-??' AND date(chosen_on) = chosen_on),
    test TEXT,
    threshold TEXT,
    result TEXT CHECK (result IN ('untested', 'passed') OR result = 'failed'),
    tested_on TEXT CHECK (tested_on GLOB '????-??-??' AND date(tested_on) = tested_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_segment ON claim(segment) WHERE segment IS NOT NULL;

CREATE TABLE objection (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    code TEXT,
    stage TEXT CHECK (stage IN ('unaware', 'problem') OR stage IN ('solution', 'proposal') OR stage IN ('negotiation', 'onboarding') OR stage IN ('renewal', 'unknown'))
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_code ON objection(code COLLATE NOCASE) WHERE code IS NOT NULL;

CREATE TABLE conversation (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    kind TEXT CHECK (kind IN ('call', 'interview') OR kind IN ('demo', 'win-loss') OR kind IN ('support', 'campaign') OR kind IN ('email', 'other')),
    held_on TEXT CHECK (held_on GLOB '????-??-??' AND date(held_on) = held_on),
    account TEXT,
    segment TEXT REFERENCES item(id),
    stage TEXT CHECK (stage IN ('unaware', 'problem') OR stage IN ('solution', 'proposal') OR stage IN ('negotiation', 'onboarding') OR stage IN ('renewal', 'unknown')),
    late TEXT CHECK (late IN ('yes', 'no')),
    rep TEXT REFERENCES item(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_held ON conversation(held_on, kind);
CREATE INDEX conversation_rep ON conversation(rep) WHERE rep IS NOT NULL;
CREATE INDEX conversation_segment ON conversation(segment) WHERE segment IS NOT NULL;

CREATE TABLE positioning (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    since TEXT CHECK (since GLOB '????-??-??' AND date(since) = since),
    lines TEXT,
    alternatives TEXT,
    differentiators TEXT,
    ours TEXT,
    rivals TEXT,
    reason TEXT,
    waived TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    slot TEXT,
    audience TEXT,
    use_case TEXT,
    parent TEXT REFERENCES item(id),
    positioning TEXT REFERENCES item(id),
    proof TEXT,
    stages TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX message_parent ON message(parent) WHERE parent IS NOT NULL;
CREATE INDEX message_positioning ON message(positioning) WHERE positioning IS NOT NULL;

CREATE TABLE experiment (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    change TEXT,
    metric TEXT REFERENCES item(id),
    minimum_sample INTEGER CHECK (minimum_sample BETWEEN 1 AND 1000000000),
    starts_on TEXT CHECK (starts_on GLOB '????-??-??' AND date(starts_on) = starts_on),
    stops_on TEXT CHECK (stops_on GLOB '????-??-??' AND date(stops_on) = stops_on),
    claim TEXT REFERENCES item(id),
    result TEXT,
    learning TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX experiment_metric ON experiment(metric) WHERE metric IS NOT NULL;
CREATE INDEX experiment_claim ON experiment(claim) WHERE claim IS NOT NULL;

CREATE TABLE moment (
    id TEXT PRIMARY KEY NOT NULL REFERENCES item(id),
    stage TEXT CHECK (stage IN ('unaware', 'problem') OR stage IN ('solution', 'proposal') OR stage IN ('negotiation', 'onboarding') OR stage IN ('renewal', 'unknown')),
    objection TEXT REFERENCES item(id),
    tool TEXT REFERENCES item(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX moment_objection ON moment(objection) WHERE objection IS NOT NULL;
CREATE INDEX moment_tool ON moment(tool) WHERE tool IS NOT NULL;

CREATE TABLE basis (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    item TEXT NOT NULL REFERENCES item(id),
    polarity TEXT CHECK (polarity IN ('for', 'against') OR polarity = 'neutral'),
    option TEXT CHECK (option IN ('a', 'b') OR option = 'c'),
    linked_at TEXT,
    late TEXT CHECK (late IN ('yes', 'no')),
    note TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX basis_item ON basis(item);

CREATE TABLE definition (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    name TEXT NOT NULL,
    who TEXT,
    workflow TEXT,
    problem TEXT,
    until_on TEXT CHECK (until_on GLOB '????-??-??' AND date(until_on) = until_on),
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE response (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    stage TEXT NOT NULL CHECK (stage IN ('unaware', 'problem') OR stage IN ('solution', 'proposal') OR stage IN ('negotiation', 'onboarding') OR stage IN ('renewal', 'unknown')),
    text TEXT,
    asset TEXT REFERENCES item(id),
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_asset ON response(asset) WHERE asset IS NOT NULL;

CREATE TABLE call_score (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    message TEXT NOT NULL REFERENCES item(id),
    score TEXT CHECK (score IN ('0', '1') OR score = '2'),
    scorer TEXT REFERENCES item(id),
    note TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_score_message ON call_score(message);
CREATE INDEX call_score_scorer ON call_score(scorer) WHERE scorer IS NOT NULL;

CREATE TABLE trial (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    "where" TEXT NOT NULL,
    held_on TEXT CHECK (held_on GLOB '????-??-??' AND date(held_on) = held_on),
    result TEXT CHECK (result IN ('held', 'mixed') OR result = 'failed'),
    sample INTEGER CHECK (sample >= 0),
    note TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE swap (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    line TEXT NOT NULL,
    rival TEXT,
    works TEXT CHECK (works IN ('y', 'n')),
    tested_on TEXT CHECK (tested_on GLOB '????-??-??' AND date(tested_on) = tested_on),
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    surface TEXT NOT NULL,
    message TEXT REFERENCES item(id),
    score TEXT CHECK (score IN ('0', '1') OR score = '2'),
    audited_on TEXT CHECK (audited_on GLOB '????-??-??' AND date(audited_on) = audited_on),
    note TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_message ON audit(message) WHERE message IS NOT NULL;

CREATE TABLE promise (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    about TEXT NOT NULL,
    sales TEXT,
    success TEXT,
    judged TEXT CHECK (judged IN ('same', 'different')),
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE look (
    id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    owner TEXT NOT NULL REFERENCES item(id),
    position INTEGER NOT NULL CHECK (position > 0),
    result TEXT NOT NULL,
    sample INTEGER CHECK (sample >= 0),
    read_on TEXT CHECK (read_on GLOB '????-??-??' AND date(read_on) = read_on),
    note TEXT,
    UNIQUE (owner, position)
) STRICT, WITHOUT ROWID;

-- Edges of more kinds: what evidence says of claims, what insights, positionings and moments rest
-- on, which objections were raised, what a message stands on.
CREATE TABLE edge_now (
    id     TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
    kind   TEXT NOT NULL CHECK (
        kind IN ('blocks', 'contributes') OR kind IN ('informed', 'cites')
        OR kind IN ('supports', 'against') OR kind IN ('beside', 'shows')
        OR kind IN ('rests', 'reasons') OR kind IN ('stands', 'raised')
        OR kind = 'seen'),
    source TEXT NOT NULL REFERENCES item(id),
    target TEXT NOT NULL REFERENCES item(id) CHECK (target <> source),
    UNIQUE (kind, source, target)
) STRICT, WITHOUT ROWID;
INSERT INTO edge_now (id, kind, source, target) SELECT id, kind, source, target FROM edge;
DROP TABLE edge;
ALTER TABLE edge_now RENAME TO edge;
CREATE INDEX edge_target ON edge(target, kind, source);
CREATE INDEX edge_source ON edge(source, kind, target);

INSERT INTO state (kind, slug) VALUES
    ('evidence', 'untagged'), ('evidence', 'tagged'), ('evidence', 'retired'),
    ('insight', 'open'), ('insight', 'retired'),
    ('claim', 'assumption'), ('claim', 'supported'), ('claim', 'contested'), ('claim', 'retired'),
    ('segment', 'active'), ('segment', 'retired'),
    ('objection', 'open'), ('objection', 'retired'),
    ('conversation', 'logged'), ('conversation', 'retired'),
    ('positioning', 'draft'), ('positioning', 'rolled-out'), ('positioning', 'replaced'),
    ('message', 'draft'), ('message', 'agreed'), ('message', 'retired'),
    ('experiment', 'planned'), ('experiment', 'running'), ('experiment', 'done'), ('experiment', 'stopped'),
    ('moment', 'open'), ('moment', 'fixed');

-- The journal of parts, looked up by their keys.
DROP INDEX chg_of_part;
CREATE INDEX chg_of_part ON chg(pk) WHERE col IS NULL AND (tbl IN ('decision_option', 'decision_framing') OR tbl IN ('prewire', 'objection_raised') OR tbl IN ('pushback', 'section') OR tbl IN ('blocker', 'override') OR tbl IN ('version', 'displacement') OR tbl IN ('verdict', 'observation') OR tbl IN ('factor', 'agreement') OR tbl IN ('rebase', 'narrative') OR tbl IN ('confidence', 'basis') OR tbl IN ('definition', 'response') OR tbl IN ('call_score', 'trial') OR tbl IN ('swap', 'audit') OR tbl IN ('promise', 'look'));
