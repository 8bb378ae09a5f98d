//! Limits: what one person, address or session may ask of the server. One table of settings with defaults; what is beyond a limit is
//! refused with words that say what to do, and counted under the limit's name (see [`crate::metrics`]).
//!
//! A new limit is one more line in the table. It is read where it applies, as `state.limits.<name>`.

use clap::Args;

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
    /// Connections in all. Beyond it the connection that has been idle longest is closed.
    connections: u32 = 4_096, "HUIYUE_LIMIT_CONNECTIONS";
    /// Connections from one address; not counted behind a proxy, where every connection comes from the proxy.
    connections_per_address: u32 = 512, "HUIYUE_LIMIT_CONNECTIONS_PER_ADDRESS";
    /// Live streams of one session: tabs and devices that share a sign-in.
    streams_per_session: u32 = 12, "HUIYUE_LIMIT_STREAMS_PER_SESSION";
    /// Live streams from one address, signed in or not.
    streams_per_address: u32 = 200, "HUIYUE_LIMIT_STREAMS_PER_ADDRESS";
    /// Live streams of people who have not signed in, in all.
    anonymous_streams: u32 = 1_000, "HUIYUE_LIMIT_ANONYMOUS_STREAMS";
    /// Percent of the database connections that people who have not signed in may use at the same time.
    anonymous_percent: u32 = 50, "HUIYUE_LIMIT_ANONYMOUS_PERCENT";
    /// Seconds somebody who has not signed in waits for one of those before being told to come back.
    anonymous_wait_seconds: u32 = 2, "HUIYUE_LIMIT_ANONYMOUS_WAIT_SECONDS";
}
