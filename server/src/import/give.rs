//! Giving the commands of a plan through the one write path, and what became of each.

use std::collections::BTreeSet;

use shared::command::Command;
use shared::id::CommandId;
use shared::refusal::Refusal;
use shared::role::{Channel, Principal};
use shared::sync::Outcome;
use uuid::Uuid;

use super::known::Known;
use super::plan::Plan;
use super::words::{Sentence, Words};
use crate::apply::{SystemCommand, as_system};
use crate::db::commands;
use crate::error::Error;
use crate::error::refusals::problem_of;
use crate::identity::principal_name;
use crate::state::AppState;

/// What became of a command of the import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    New,
    Known,
    /// Why not.
    Refused(Sentence),
}

impl Effect {
    fn of(command: &Command, outcome: &Outcome, known: bool) -> Self {
        match (command, outcome) {
            (_, Outcome::Applied) if known => Effect::Known,
            (_, Outcome::Applied) => Effect::New,
            // Brought in under another id, by a corrected file.
            (Command::ImportVisit(_), Outcome::Refused { refusal: Refusal::AlreadyExists, .. }) => Effect::Known,
            (_, outcome) => Effect::Refused(why_not(outcome)),
        }
    }

    /// What was refused, where the files say it, and why.
    pub(super) fn refusal(&self, command: &Command, plan: &Plan) -> Option<Sentence> {
        let Effect::Refused(why) = self else { return None };
        let what = match command {
            Command::ImportVisit(visit) => {
                let planned = plan.visits.iter().find(|planned| planned.said.booking == visit.booking)?;
                let (file, line) = (planned.status.kind.file_name(), planned.status.line.unwrap_or_default());
                let (client, date) = (&planned.client, planned.date);
                Sentence::new(format!("{file} 第 {line} 行（{client} {date}）"), format!("{file}, line {line} ({client} {date})"))
            }
            Command::PutService(put) => Sentence::same(&put.code),
            Command::PutStaff(put) => Sentence::same(&put.name.zh),
            Command::RegisterMember(register) => Sentence::same(register.name.as_str()),
            other => Sentence::same(other.name()),
        };
        Some(what.followed_by(why))
    }
}

/// Why a command was not carried out.
pub(super) fn why_not(outcome: &Outcome) -> Sentence {
    match outcome {
        Outcome::Refused { refusal, .. } => {
            let problem = problem_of(refusal);
            let english = problem.title.trim_end_matches('.');
            match refusal {
                Refusal::Invalid { field } if field == "lines" => Words("一次到店的项目太多", "too many services in one visit").into(),
                Refusal::Invalid { field } | Refusal::TooLong { field, .. } => {
                    Sentence::new(format!("{}（{field}）", problem.title_zh), format!("{english} ({field})"))
                }
                _ => Sentence::new(problem.title_zh, english),
            }
        }
        _ => Words("程序出错，未能写入；详情见日志", "a fault of the program; the log says more").into(),
    }
}

/// Gives all commands, and those that are refused once more under the id of their content: a corrected file goes in. Visits that are here
/// are known, whatever they say now.
pub(super) async fn give_all(state: &AppState, commands: &[(CommandId, Command)], known: &Known) -> Result<Vec<Effect>, Error> {
    let is_here = |command: &Command| matches!(command, Command::ImportVisit(visit) if known.visits.contains_key(&visit.booking));
    let open: Vec<(CommandId, Command)> = commands.iter().filter(|(_, command)| !is_here(command)).cloned().collect();
    let first = give(state, &open).await?;
    let refused = open.iter().zip(&first).filter(|(_, effect)| matches!(effect, Effect::Refused(_)));
    let again: Vec<(CommandId, Command)> = refused.map(|((id, command), _)| (content_id(*id, command), command.clone())).collect();
    let mut second = give(state, &again).await?.into_iter();
    let settled = first.into_iter().map(|effect| match effect {
        Effect::Refused(why) => second.next().unwrap_or(Effect::Refused(why)),
        settled => settled,
    });
    let mut settled = settled.collect::<Vec<_>>().into_iter();
    Ok(commands.iter().map(|(_, command)| if is_here(command) { Effect::Known } else { settled.next().unwrap_or(Effect::Known) }).collect())
}

fn content_id(id: CommandId, command: &Command) -> CommandId {
    // What cannot be written as JSON has no content of its own; commands always can.
    CommandId(Uuid::new_v5(&id.0, &serde_json::to_vec(command).unwrap_or_default()))
}

async fn give(state: &AppState, commands: &[(CommandId, Command)]) -> Result<Vec<Effect>, Error> {
    let known = known_before(state, commands).await?;
    let given = commands.iter().map(|(uuid, command)| SystemCommand { uuid: *uuid, command: command.clone(), given_at: None }).collect();
    let outcomes = as_system(state, Channel::Import, given).await?;
    let effect = |((id, command), outcome): (&(CommandId, Command), &Outcome)| Effect::of(command, outcome, known.contains(id));
    Ok(commands.iter().zip(&outcomes).map(effect).collect())
}

/// Which of the commands were given by an earlier import.
pub(super) async fn known_before(state: &AppState, commands: &[(CommandId, Command)]) -> Result<BTreeSet<CommandId>, Error> {
    let system = principal_name(Principal::System);
    let ids: Vec<(&str, Uuid)> = commands.iter().map(|(id, _)| (system.as_str(), id.0)).collect();
    let mut connection = state.pool.acquire().await?;
    Ok(commands::outcomes(&mut connection, &ids).await?.into_keys().map(|(_, id)| id).collect())
}
