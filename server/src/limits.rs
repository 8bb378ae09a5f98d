//! Limits: what one person, address or session may ask of the server. One table of settings with defaults; what is beyond a limit is
//! refused with words that say what to do, and counted under the limit's name (see [`crate::metrics`]).
//!
//! A new limit is one more line in the table. It is read where it applies, as `state.limits.<name>`.

use clap::Args;

use crate::code_countries::CodeCountries;

/// Makes the settings from `doc, name: type = default, environment variable` lines: each default is written once.
macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:expr, $env:literal;)+) => {
        /// Every limit with its default. On the command line and in the environment of `serve`.
        #[derive(Clone, Debug, PartialEq, Eq, Args)]
        #[command(next_help_heading = "Limits")]
        pub struct Limits {$(
            $(#[doc = $doc])+
            #[arg(long, env = $env, default_value_t = $default, hide_short_help = true, value_name = "LIMIT")]
            pub $name: $type,
        )+}

        impl Default for Limits {
            fn default() -> Self {
                Limits { $($name: $default,)+ }
            }
        }

        impl Limits {
            /// The environment variable of every limit.
            #[must_use]
            pub fn settings() -> &'static [&'static str] {
                &[$($env,)+]
            }
        }
    };
}

limits! {
    /// Seconds a connection may take to send the head of a request.
    header_seconds: u32 = 10, "HUIYUE_LIMIT_HEADER_SECONDS";
    /// Seconds that the body of a request may be on its way: a full outbox over the slowest network.
    body_seconds: u32 = 120, "HUIYUE_LIMIT_BODY_SECONDS";
    /// Requests of one member's account that are answered at once; the rest waits.
    requests_at_once: u32 = 4, "HUIYUE_LIMIT_REQUESTS_AT_ONCE";
    /// Connections in all. Beyond it the connection that has been idle longest is closed.
    connections: u32 = 4_096, "HUIYUE_LIMIT_CONNECTIONS";
    /// Connections from one address; not counted behind a proxy, where every connection comes from the proxy.
    connections_per_address: u32 = 512, "HUIYUE_LIMIT_CONNECTIONS_PER_ADDRESS";
    /// Live streams of one session: tabs and devices that share a sign-in.
    streams_per_session: u32 = 12, "HUIYUE_LIMIT_STREAMS_PER_SESSION";
    /// Live streams from one address of people who have not signed in.
    streams_per_address: u32 = 200, "HUIYUE_LIMIT_STREAMS_PER_ADDRESS";
    /// Live streams of people who have not signed in, in all.
    anonymous_streams: u32 = 1_000, "HUIYUE_LIMIT_ANONYMOUS_STREAMS";
    /// Percent of the database connections that people who have not signed in may use at the same time.
    anonymous_percent: u32 = 50, "HUIYUE_LIMIT_ANONYMOUS_PERCENT";
    /// Seconds somebody who has not signed in waits for one of those before being told to come back.
    anonymous_wait_seconds: u32 = 2, "HUIYUE_LIMIT_ANONYMOUS_WAIT_SECONDS";
    /// Visits a member's account may have ahead of it in one store. The desk books more.
    visits_ahead: u16 = 12, "HUIYUE_LIMIT_VISITS_AHEAD";
    /// Visits of an account on one day of one store.
    visits_a_day: u16 = 3, "HUIYUE_LIMIT_VISITS_A_DAY";
    /// Services in one visit that a member books.
    lines_a_visit: u16 = 6, "HUIYUE_LIMIT_LINES_A_VISIT";
    /// Minutes of staff time in one visit that a member books or holds.
    minutes_a_visit: u16 = 480, "HUIYUE_LIMIT_MINUTES_A_VISIT";
    /// Minutes for which a member may hold one time, however often the hold is repeated.
    minutes_of_a_hold: u16 = 15, "HUIYUE_LIMIT_MINUTES_OF_A_HOLD";
    /// Holds and bookings that an account may begin within an hour, also those it gives up.
    begun_an_hour: u16 = 30, "HUIYUE_LIMIT_BEGUN_AN_HOUR";
    /// People that one account may register: a family, not a school.
    people_per_account: u16 = 12, "HUIYUE_LIMIT_PEOPLE_PER_ACCOUNT";
    /// Entries that an account may have on the waitlist of one store. The desk adds more.
    waiting: u16 = 10, "HUIYUE_LIMIT_WAITING";
    /// Entries of an account on the waitlist of one store for one day.
    waiting_a_day: u16 = 3, "HUIYUE_LIMIT_WAITING_A_DAY";
    /// Commands of one account within an hour, whatever becomes of them.
    commands_an_hour: u32 = 600, "HUIYUE_LIMIT_COMMANDS_AN_HOUR";
    /// Commands that cannot be read, from one session within an hour.
    unreadable_an_hour: u32 = 30, "HUIYUE_LIMIT_UNREADABLE_AN_HOUR";
    /// Messages to one person within an hour; those beyond it stay in the house. One-time codes have limits of their own.
    messages_an_hour: u32 = 10, "HUIYUE_LIMIT_MESSAGES_AN_HOUR";
    /// One-time codes to one number within a day.
    codes_a_day: u32 = 15, "HUIYUE_LIMIT_CODES_A_DAY";
    /// One-time codes to one number within a day that people at one address may ask for, on devices that were not signed in with it before.
    codes_per_number_and_address_a_day: u32 = 5, "HUIYUE_LIMIT_CODES_PER_NUMBER_AND_ADDRESS_A_DAY";
    /// One-time codes that one address may ask for within a day, for whatever numbers.
    codes_per_address_a_day: u32 = 200, "HUIYUE_LIMIT_CODES_PER_ADDRESS_A_DAY";
    /// One-time codes that one browser may ask for within ten minutes.
    codes_per_browser: u32 = 5, "HUIYUE_LIMIT_CODES_PER_BROWSER";
    /// Countries that one-time codes are sent to, as calling codes: `86,852`. Without it those of the stores' own numbers and zones;
    /// `all` for every country.
    code_countries: CodeCountries = CodeCountries::OfStores, "HUIYUE_LIMIT_CODE_COUNTRIES";
    /// Numbers that one login or tablet may look up among the members of other stores within an hour.
    members_looked_for_an_hour: u32 = 60, "HUIYUE_LIMIT_MEMBERS_LOOKED_FOR_AN_HOUR";
    /// Wrong tries within ten minutes for one subject (a number, a name, a tablet) from one address.
    fails_per_subject_and_address: u32 = 5, "HUIYUE_LIMIT_FAILS_PER_SUBJECT_AND_ADDRESS";
    /// Wrong tries within ten minutes for one subject from anywhere. Devices that were signed in before do not mind.
    fails_per_subject: u32 = 30, "HUIYUE_LIMIT_FAILS_PER_SUBJECT";
    /// Wrong tries within ten minutes from one address, for whatever subjects.
    fails_per_address: u32 = 60, "HUIYUE_LIMIT_FAILS_PER_ADDRESS";
    /// Bytes that the log keeps of a command that could not be read or was refused.
    refused_bytes: u32 = 2_048, "HUIYUE_LIMIT_REFUSED_BYTES";
}
