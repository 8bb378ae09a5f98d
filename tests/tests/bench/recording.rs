//! Records the statements of one booking from Postgres' own log and makes a pgbench script of them: the same statements with the
//! same parameters, but fresh ids, so that no two transactions write the same booking.

use anyhow::{Context, Result, ensure};

use super::load::BigSalon;
use super::sql;

/// One statement as it was executed.
struct Statement {
    process: String,
    text: String,
    parameters: Vec<Option<String>>,
}

/// The pgbench script of one booking over HTTP, session and replica look-ups included.
pub async fn record(salon: &BigSalon) -> Result<String> {
    // The first booking of a connection prepares; the one after is what happens all day.
    for _ in 0..20 {
        salon.recorded().sends(&salon.next_booking()).await?;
    }
    sql::ask(&salon.database, "alter system set log_statement = 'all'")?;
    sql::ask(&salon.database, "alter system set log_parameter_max_length = -1")?;
    sql::ask(&salon.database, "select pg_reload_conf()")?;
    let log = salon.place.join("postgres/log");
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let before = std::fs::read_to_string(&log)?.len();
    salon.recorded().sends(&salon.next_booking()).await?;
    let recorded = std::fs::read_to_string(&log)?.split_off(before);
    sql::ask(&salon.database, "alter system reset log_statement")?;
    sql::ask(&salon.database, "select pg_reload_conf()")?;
    let statements = parse(&recorded);
    let written =
        statements.iter().position(|statement| statement.text.contains("insert into commands")).context("the journal's insert")?;
    let writer = &statements[written].process;
    let of_writer = |index: usize, word: &str| statements[index].process == *writer && statements[index].text.eq_ignore_ascii_case(word);
    let begin = (0..written).rev().find(|index| of_writer(*index, "begin")).context("a begin")?;
    let commit = (written..statements.len()).find(|index| of_writer(*index, "commit")).context("a commit")?;
    // The transaction, and what the request looks up beside it: whose session it is, and where the server stands with the replica.
    let in_transaction = |index: usize| statements[index].process == *writer && (begin..=commit).contains(&index);
    let look_up = |index: usize| ["sessions", "replicas"].iter().any(|table| statements[index].text.contains(table));
    let chosen: Vec<&Statement> =
        (0..statements.len()).filter(|index| in_transaction(*index) || look_up(*index)).map(|index| &statements[index]).collect();
    ensure!(chosen.iter().filter(|statement| statement.text.contains("replicas")).count() >= 2, "the replica is looked up and moved");
    Ok(script(&chosen))
}

/// `… [pid] LOG:  execute name: text` and `… DETAIL:  parameters: $1 = '…', …`, each possibly over several lines.
fn parse(log: &str) -> Vec<Statement> {
    let mut entries: Vec<String> = Vec::new();
    for line in log.lines() {
        let begins = line.get(..2).is_some_and(|head| head.bytes().all(|byte| byte.is_ascii_digit())) && line.contains(" UTC [");
        match entries.last_mut() {
            Some(entry) if !begins => {
                entry.push('\n');
                entry.push_str(line);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    let mut statements: Vec<Statement> = Vec::new();
    for entry in entries {
        let process = entry.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map_or(String::new(), |(pid, _)| pid.to_owned());
        if let Some((_, text)) = entry.split_once("LOG:  execute ") {
            let text = text.split_once(": ").map_or(text, |(_, text)| text);
            statements.push(Statement { process, text: text.trim().to_owned(), parameters: Vec::new() });
        } else if let Some((_, text)) = entry.split_once("LOG:  statement: ") {
            statements.push(Statement { process, text: text.trim().to_owned(), parameters: Vec::new() });
        } else if let Some((_, list)) = entry.split_once("DETAIL:  parameters: ")
            && let Some(last) = statements.iter_mut().rev().find(|statement| statement.process == process)
        {
            last.parameters = parameters(list);
        }
    }
    statements
}

/// `$1 = 'it''s', $2 = NULL`
fn parameters(list: &str) -> Vec<Option<String>> {
    let mut found = Vec::new();
    let mut rest = list;
    while let Some((_, value)) = rest.split_once(" = ") {
        if let Some(quoted) = value.strip_prefix('\'') {
            let mut text = String::new();
            let mut letters = quoted.char_indices().peekable();
            let mut end = quoted.len();
            while let Some((index, letter)) = letters.next() {
                match letter {
                    '\'' if letters.peek().is_some_and(|(_, next)| *next == '\'') => {
                        letters.next();
                        text.push('\'');
                    }
                    '\'' => {
                        end = index + 1;
                        break;
                    }
                    other => text.push(other),
                }
            }
            found.push(Some(text));
            rest = quoted.get(end..).unwrap_or_default();
        } else {
            found.push(None);
            rest = value.strip_prefix("NULL").unwrap_or_default();
        }
    }
    found
}

/// The ids that must be fresh each time: those the booking made or wrote under, but not the store, the service or the session.
fn script(statements: &[&Statement]) -> String {
    let journal = statements.iter().find(|statement| statement.text.contains("insert into commands"));
    let written: Vec<String> = journal.into_iter().flat_map(|statement| statement.parameters.iter().flatten()).cloned().collect();
    let taken = statements.iter().filter(|statement| statement.text.contains("insert into occupancy"));
    let mut fresh: Vec<String> =
        written.iter().chain(taken.flat_map(|s| s.parameters.iter().flatten())).flat_map(|text| uuids(text)).collect();
    fresh.sort_unstable();
    fresh.dedup();
    // The store must stay, or nobody would wait for its row; and so must who books, on which device.
    let stays = statements.iter().filter(|s| ["lock_store", "sessions", "replicas"].iter().any(|word| s.text.contains(word)));
    let who = written.iter().filter(|text| text.contains("user:")).flat_map(|text| uuids(text));
    let stays: Vec<String> = stays.flat_map(|s| s.parameters.iter().flatten()).flat_map(|text| uuids(text)).chain(who).collect();
    fresh.retain(|id| !stays.contains(id) && !id.ends_with("0000b2") && !id.starts_with("00000000-0000-0000-0000-000000000000"));
    let mut lines = vec!["\\set n random(1, 1000000000000000)".to_owned()];
    for statement in statements {
        let mut text = statement.text.split_whitespace().collect::<Vec<_>>().join(" ");
        for (index, parameter) in statement.parameters.iter().enumerate().rev() {
            text = text.replace(&format!("${}", index + 1), &literal(parameter.as_deref(), &fresh, &statement.text));
        }
        lines.push(format!("{text};"));
    }
    lines.join("\n")
}

fn uuids(text: &str) -> Vec<String> {
    let is_id = |word: &str| word.len() == 36 && word.bytes().filter(|byte| *byte == b'-').count() == 4;
    text.split(|letter: char| !(letter.is_ascii_hexdigit() || letter == '-')).filter(|word| is_id(word)).map(str::to_owned).collect()
}

/// A parameter as an expression: its fresh ids replaced by ones made from `:n`, sequences of feeds made unique.
fn literal(value: Option<&str>, fresh: &[String], statement: &str) -> String {
    let Some(value) = value else { return "null".to_owned() };
    let is_list_of_numbers = value.starts_with('{') && value.len() > 2 && value.bytes().all(|b| b.is_ascii_digit() || b"{},".contains(&b));
    if is_list_of_numbers && statement.contains("insert into feed") && value.split(',').count() > 0 {
        let count = value.split(',').count();
        let large = value.trim_matches(['{', '}']).split(',').all(|number| number.parse::<i64>().is_ok_and(|number| number > 10));
        if large {
            let numbers: Vec<String> = (0..count).map(|index| format!(":n::bigint * 8 + {index}")).collect();
            return format!("array[{}]", numbers.join(", "));
        }
    }
    let mut expression = format!("'{}'", value.replace('\'', "''"));
    for (index, id) in fresh.iter().enumerate().filter(|(_, id)| value.contains(id.as_str())) {
        let made = format!("substr(md5((:n::bigint + {index})::text), 1, 8) || '-' || substr('{id}', 10)");
        expression = format!("replace({expression}, '{id}', {made})");
    }
    if expression.starts_with("replace") { format!("({expression})::{}", type_of(value)) } else { expression }
}

/// The type of a parameter that holds ids: an expression is not of unknown type, as a literal is.
fn type_of(value: &str) -> &'static str {
    let is_id = |word: &str| word == "NULL" || uuids(word).first().is_some_and(|id| id == word);
    let elements = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    match elements {
        _ if is_id(value) => "uuid",
        Some(elements) if elements.split(',').all(is_id) => "uuid[]",
        Some(elements) if elements.starts_with("\"{") => "jsonb[]",
        Some(elements) if elements.starts_with("\"[") => "tstzrange[]",
        Some(elements) if elements.starts_with('"') && elements.contains("\":") => "jsonb",
        Some(_) => "text[]",
        None => "text",
    }
}
