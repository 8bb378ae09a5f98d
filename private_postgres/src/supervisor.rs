//! Keeps one Postgres running: a thread that starts it, waits for it, starts it again, and stops it.
//!
//! A plain thread rather than a task: the kernel's parent-death signal follows the *thread* that launched
//! a process, and a runtime ends its threads when it likes. This one ends only after Postgres has.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::process::Signal;

use crate::binaries::Binaries;
use crate::cluster;
use crate::error::PostgresError;
use crate::layout::{self, Layout};
use crate::owner::Launcher;
use crate::pid_file::{self, PidFile};

/// How often a start is looked at until it is ready, and how often a running Postgres is.
const STARTING_TICK: Duration = Duration::from_millis(20);
const RUNNING_TICK: Duration = Duration::from_millis(100);
/// The pause before another start doubles from the first to the last.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LAST_PAUSE: Duration = Duration::from_secs(5);
/// A cluster that was never ready after so many attempts is broken; the caller should hear why.
const FIRST_START_ATTEMPTS: u32 = 6;
/// How long a fast shutdown may take before an immediate one, and that before a kill.
const PATIENCE: Duration = Duration::from_secs(20);
/// The log begins anew when it is larger, keeping one old file.
const LARGEST_LOG_BYTES: u64 = 8 * 1024 * 1024;

/// What happens to Postgres, for the caller's log.
#[derive(Debug)]
pub enum Event {
    /// It accepts connections.
    Ready {
        /// The process of the postmaster.
        pid: u32,
    },
    /// It ended although nobody asked; it will be started again.
    Died {
        /// How it ended, in the system's words.
        how: String,
    },
    /// It could not be started; another attempt follows.
    StartFailed {
        /// Why.
        why: PostgresError,
    },
}

/// One running, supervised Postgres. Dropping it asks Postgres to end without waiting.
#[derive(Debug)]
pub struct Supervisor {
    room: Arc<Room>,
    thread: Option<JoinHandle<()>>,
    url: String,
}

#[derive(Debug, Default)]
struct Room {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    child: Option<Child>,
    ready: bool,
    stopping: bool,
}

struct Plan {
    layout: Layout,
    binaries: Binaries,
    launcher: Launcher,
    tell: fn(Event),
    /// Held for as long as the thread lives: a second server is refused until Postgres has ended.
    _lock: File,
}

impl Supervisor {
    /// Starts the cluster in `<data>/postgres`, creating it if needed, and returns when it is ready.
    pub fn start(data: &Path, tell: fn(Event)) -> Result<Self, PostgresError> {
        fs::create_dir_all(data).map_err(PostgresError::io(format!("creating {}", data.display())))?;
        let data = fs::canonicalize(data).map_err(PostgresError::io(format!("opening {}", data.display())))?;
        let existing = layout::existing_cluster(&data);
        let launcher = Launcher::choose(&layout::entry(&data))?;
        let binaries = Binaries::find(existing.as_deref().and_then(cluster::major_of))?;
        let (layout, lock) = Layout::prepare(&data, &launcher, &binaries.postgres())?;
        end_orphan(&layout.cluster)?;
        cluster::create_if_missing(&layout, &binaries, &launcher)?;
        let url = layout.url();
        let plan = Plan { layout, binaries, launcher, tell, _lock: lock };
        let room = Arc::new(Room::default());
        let (send, receive) = mpsc::channel();
        let theirs = Arc::clone(&room);
        let thread = thread::Builder::new()
            .name("postgres".to_string())
            .spawn(move || supervise(&plan, &theirs, &send))
            .map_err(PostgresError::io("starting a thread"))?;
        let supervisor = Self { room, thread: Some(thread), url };
        match receive.recv() {
            Ok(None) => Ok(supervisor),
            Ok(Some(error)) => Err(error),
            Err(_thread_is_gone) => Err(PostgresError::Failed { program: "postgres", message: "its supervisor ended".to_string() }),
        }
    }

    /// The address of the database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The process of the postmaster; `None` between a death and the next start.
    pub fn pid(&self) -> Option<u32> {
        self.room.lock().child.as_ref().map(Child::id)
    }

    /// Whether Postgres accepts connections right now.
    pub fn is_ready(&self) -> bool {
        self.room.lock().ready
    }

    /// Ends Postgres (fast shutdown) and waits until it is gone.
    pub fn stop(mut self) {
        self.ask_to_stop();
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }

    fn ask_to_stop(&self) {
        self.room.lock().stopping = true;
        self.room.changed.notify_all();
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        self.ask_to_stop();
    }
}

impl Room {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a request or the time, whichever comes first. True when asked to stop.
    fn pause(&self, time: Duration) -> bool {
        let state = self.lock();
        if state.stopping {
            return true;
        }
        let waited = self.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner);
        waited.0.stopping
    }
}

/// The thread: one Postgres after the other until asked to stop. `first` hears once how the start went.
fn supervise(plan: &Plan, room: &Room, first: &mpsc::Sender<Option<PostgresError>>) {
    let mut pause = FIRST_PAUSE;
    let mut was_ready = false;
    let mut attempts = 0;
    while !room.lock().stopping {
        attempts += 1;
        let outcome = run_once(plan, room, || {
            if !was_ready {
                let _caller_gave_up = first.send(None);
            }
            was_ready = true;
            pause = FIRST_PAUSE;
        });
        if room.lock().stopping {
            break;
        }
        match outcome {
            Err(error) if !was_ready && attempts >= FIRST_START_ATTEMPTS => {
                let _caller_gave_up = first.send(Some(error));
                break;
            }
            Err(why) => (plan.tell)(Event::StartFailed { why }),
            Ok(how) => (plan.tell)(Event::Died { how }),
        }
        room.pause(pause);
        pause = (pause * 2).min(LAST_PAUSE);
    }
    plan.layout.tidy();
}

/// One life of Postgres. `Ok` tells how it ended after having been ready.
fn run_once(plan: &Plan, room: &Room, on_ready: impl FnOnce()) -> Result<String, PostgresError> {
    end_orphan(&plan.layout.cluster)?;
    let log = open_log(&plan.layout.log)?;
    let mut command = cluster::command(&plan.layout, &plan.binaries, &plan.launcher);
    command.stdout(log.try_clone().map_err(PostgresError::io("opening the log"))?).stderr(log);
    let pid = {
        let mut state = room.lock();
        if state.stopping {
            return Ok("it was not needed any more".to_string());
        }
        let child = command.spawn().map_err(PostgresError::io("starting postgres"))?;
        let pid = child.id();
        state.child = Some(child);
        pid
    };
    let mut on_ready = Some(on_ready);
    let mut patience = Patience::default();
    loop {
        if let Some(how) = ended(room) {
            if on_ready.is_none() {
                return Ok(how);
            }
            let message = format!("{how}. It said:\n{}", last_lines(&plan.layout.log));
            return Err(PostgresError::Failed { program: "postgres", message });
        }
        let is_new = || PidFile::read(&plan.layout.cluster).is_some_and(|file| file.pid == pid && file.ready);
        if on_ready.is_some() && is_new() {
            room.lock().ready = true;
            (plan.tell)(Event::Ready { pid });
            if let Some(on_ready) = on_ready.take() {
                on_ready();
            }
        }
        let tick = if on_ready.is_some() { STARTING_TICK } else { RUNNING_TICK };
        if room.pause(tick) {
            patience.press(pid);
            thread::sleep(STARTING_TICK);
        }
    }
}

/// Reaps under the lock, so that nobody signals a number that meanwhile belongs to another process.
fn ended(room: &Room) -> Option<String> {
    let mut state = room.lock();
    let how = match state.child.as_mut().map(Child::try_wait) {
        Some(Ok(None)) => return None,
        Some(Ok(Some(status))) => status.to_string(),
        Some(Err(error)) => error.to_string(),
        None => "it is not there".to_string(),
    };
    state.child = None;
    state.ready = false;
    Some(how)
}

/// Asks first, then insists: fast shutdown, immediate shutdown, kill.
#[derive(Default)]
struct Patience {
    waited: Duration,
    pressed: u32,
}

impl Patience {
    /// Called once per tick while waiting for the end.
    fn press(&mut self, pid: u32) {
        if self.waited >= PATIENCE * self.pressed {
            let sign = match self.pressed {
                0 => Signal::INT,
                1 => Signal::QUIT,
                _ => Signal::KILL,
            };
            pid_file::signal(pid, sign);
            self.pressed += 1;
        }
        self.waited += STARTING_TICK;
    }
}

/// We hold the lock, so a Postgres that still runs here was left by a server that is gone: it is ending by
/// the parent-death signal, or it has to be told.
///
/// A stale file whose number now names another process would keep Postgres from starting. Removing it would
/// also remove the mark by which Postgres recognises leftover processes, so the number is replaced by ours:
/// Postgres knows that its parent is not a rival.
fn end_orphan(cluster: &Path) -> Result<(), PostgresError> {
    let mut patience = Patience::default();
    while let Some(file) = PidFile::read(cluster) {
        if !file.is_alive(cluster) {
            return disarm(&cluster.join("postmaster.pid"));
        }
        if patience.waited > PATIENCE * 3 {
            return Err(PostgresError::OrphanStays { pid: file.pid, path: PathBuf::from(cluster) });
        }
        patience.press(file.pid);
        thread::sleep(STARTING_TICK);
    }
    Ok(())
}

fn disarm(path: &Path) -> Result<(), PostgresError> {
    let stale = fs::read_to_string(path).unwrap_or_default();
    let rest = stale.split_once('\n').map_or("", |(_, rest)| rest);
    fs::write(path, format!("{}\n{rest}", std::process::id())).map_err(PostgresError::io(format!("writing {}", path.display())))
}

fn open_log(path: &Path) -> Result<File, PostgresError> {
    if fs::metadata(path).is_ok_and(|found| found.len() > LARGEST_LOG_BYTES) {
        let _keep_writing = fs::rename(path, path.with_extension("old"));
    }
    let open = File::options().create(true).append(true).open(path);
    open.map_err(PostgresError::io(format!("opening {}", path.display())))
}

fn last_lines(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let lines: Vec<&str> = text.lines().rev().take(8).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
