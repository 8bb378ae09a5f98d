//! What stands in the terminal after the start. The first line is for programs, and stays as it is:
//! `listening on http://127.0.0.1:8080`.

use std::net::SocketAddr;

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::first_start::Accounts;
use crate::config::Serve;

/// Prints the address, where to go, who can sign in, and with a public address its QR code.
pub fn print(address: SocketAddr, options: &Serve, accounts: &Accounts, tls: bool) {
    let scheme = if tls { "https" } else { "http" };
    println!("listening on {scheme}://{address}");
    let shown = if address.ip().is_unspecified() {
        let host = super::tls::own_addresses().into_iter().next().map_or_else(|| "127.0.0.1".to_owned(), |ip| ip.to_string());
        format!("{scheme}://{host}:{}", address.port())
    } else {
        format!("{scheme}://{address}")
    };
    let here = options.public_url.as_deref().unwrap_or(&shown);
    println!("\n  会员端 Members  {here}/\n  门店端 Desk     {here}/desk/");
    if tls {
        println!("  证书 Certificate of our authority, to be trusted by phones and tablets: {here}/authority.crt");
    }
    if !accounts.lines.is_empty() {
        println!();
        for line in &accounts.lines {
            println!("  {line}");
        }
    }
    if let Some(url) = &options.public_url
        && let Ok(code) = QrCode::new(format!("{url}/"))
    {
        // Terminals are mostly dark: what is printed are the light modules, or cameras see a negative.
        let picture = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).quiet_zone(true).build();
        println!("\n{picture}");
    }
    println!();
}
