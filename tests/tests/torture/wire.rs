//! HTTP by hand, one connection for each request, so that it can end at any byte and its answer can get lost.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::dice::Dice;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What happens to an exchange on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Whole,
    /// The connection ends within the request.
    Cut,
    /// The request arrives, the answer does not.
    Lost,
    /// It arrives twice at the same time; one of the answers is read.
    Twice,
}

impl Fate {
    pub fn thrown(dice: &mut Dice) -> Self {
        match dice.throw(10) {
            0 => Fate::Cut,
            1 => Fate::Lost,
            2 => Fate::Twice,
            _ => Fate::Whole,
        }
    }
}

/// The way of one device to the server.
#[derive(Clone, Debug)]
pub struct Wire {
    server: SocketAddr,
    /// `desk` or `member`.
    app: &'static str,
    cookies: Vec<String>,
}

impl Wire {
    pub fn to(server: SocketAddr, app: &'static str) -> Self {
        Wire { server, app, cookies: Vec::new() }
    }

    /// Asks for something before the trouble begins, and keeps the cookies.
    pub async fn post_json(&mut self, path: &str, body: &Value) -> Result<()> {
        let answer = self.carry(&self.request(path, "application/json", "", body.to_string().as_bytes())).await?;
        let (head, body) = split(&answer)?;
        ensure!(head.starts_with("HTTP/1.1 2"), "{path}: {head} {}", String::from_utf8_lossy(body));
        let set = head.lines().filter_map(|line| line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")));
        let fresh: Vec<String> = set.filter_map(|(_, cookie)| cookie.split(';').next().map(str::to_owned)).collect();
        self.cookies.extend(fresh);
        Ok(())
    }

    /// Sends bytes; `None` where no answer came or the server could not answer now. `more` are further headers.
    pub async fn post(&self, path: &str, more: &str, body: &[u8], fate: Fate, dice: &mut Dice) -> Result<Option<Vec<u8>>> {
        let request = self.request(path, "application/octet-stream", more, body);
        let answer = match fate {
            Fate::Whole => self.carry(&request).await,
            Fate::Cut => {
                let until = usize::try_from(dice.throw(request.len() as u64))?;
                self.send(&request[..until]).await.map(drop).ok();
                return Ok(None);
            }
            Fate::Lost => {
                let sent = self.send(&request).await;
                // Long enough for some to be decided, short enough to leave others in the middle.
                tokio::time::sleep(Duration::from_millis(dice.throw(30))).await;
                drop(sent);
                return Ok(None);
            }
            Fate::Twice => {
                let (one, two) = tokio::join!(self.carry(&request), self.carry(&request));
                one.or(two)
            }
        };
        let Ok(answer) = answer else { return Ok(None) };
        let Ok((head, body)) = split(&answer) else { return Ok(None) };
        let status = head.get(9..12).unwrap_or_default();
        // The server or its database is just being killed.
        if matches!(status, "500" | "502" | "503" | "429") {
            return Ok(None);
        }
        ensure!(status == "200", "{path}: {head} {}", String::from_utf8_lossy(body));
        Ok(length(head).is_none_or(|length| length == body.len()).then(|| body.to_vec()))
    }

    fn request(&self, path: &str, kind: &str, more: &str, body: &[u8]) -> Vec<u8> {
        let (server, app, cookies, length) = (self.server, self.app, self.cookies.join("; "), body.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {server}\r\nx-huiyue-app: {app}\r\ncookie: {cookies}\r\n{more}\
             content-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
        );
        [head.as_bytes(), body].concat()
    }

    async fn send(&self, bytes: &[u8]) -> Result<TcpStream> {
        let mut stream = TcpStream::connect(self.server).await?;
        stream.write_all(bytes).await?;
        Ok(stream)
    }

    async fn carry(&self, request: &[u8]) -> Result<Vec<u8>> {
        let mut stream = self.send(request).await?;
        let mut answer = Vec::new();
        // A server that was killed in the middle may leave a connection that never says so.
        tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.context("no answer")??;
        Ok(answer)
    }
}

fn length(head: &str) -> Option<usize> {
    let mut fields = head.lines().filter_map(|line| line.split_once(": "));
    fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length")).and_then(|(_, length)| length.parse().ok())
}

fn split(answer: &[u8]) -> Result<(&str, &[u8])> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").context("an answer that ends in its head")?;
    Ok((std::str::from_utf8(&answer[..end])?, &answer[end + 4..]))
}
