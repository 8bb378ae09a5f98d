//! https without a domain: a small authority of our own, kept in the data directory. A phone trusts its certificate once; the
//! server's own certificate is made anew at every start, for the addresses the machine has then.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::routing::get;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use sha2::{Digest, Sha256};
use shared::time::{LocalDate, Timestamp};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::failed::Failed;

/// Phones refuse certificates that are good for longer than about two years.
const SERVER_DAYS: i32 = 397;
/// Ten years.
const AUTHORITY_DAYS: i32 = 3650;

/// The authority, and the server's certificate made by it.
pub struct Authority {
    /// The certificate that phones must trust.
    pem: String,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Authority {
    /// The authority of the data directory, made on the first start, and a fresh certificate for this machine's addresses.
    ///
    /// # Errors
    /// When its files cannot be read or written.
    pub fn open_or_create(data: &Path, public_url: Option<&str>, now: Timestamp) -> Result<Self, Failed> {
        let place = data.join("tls");
        let (key_file, certificate_file) = (place.join("authority.key"), place.join("authority.crt"));
        let told = || Failed::doing("the local certificate authority");
        let key = if key_file.exists() {
            KeyPair::from_pem(&fs::read_to_string(&key_file).map_err(Failed::doing("reading the authority's key"))?)
        } else {
            KeyPair::generate()
        };
        let key = key.map_err(told())?;
        let params = authority_params(&key, now);
        let pem = if certificate_file.exists() && key_file.exists() {
            fs::read_to_string(&certificate_file).map_err(Failed::doing("reading the authority's certificate"))?
        } else {
            let pem = params.self_signed(&key).map_err(told())?.pem();
            write_private(&key_file, &key.serialize_pem()).map_err(Failed::doing("writing the authority's key"))?;
            fs::write(&certificate_file, &pem).map_err(Failed::doing("writing the authority's certificate"))?;
            pem
        };
        let issuer = Issuer::new(params, key);
        let server_key = KeyPair::generate().map_err(told())?;
        let server = server_params(public_url, now).and_then(|params| params.signed_by(&server_key, &issuer)).map_err(told())?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server_key.serialize_der()));
        Ok(Self { pem, chain: vec![server.der().clone()], key })
    }

    /// Speaks TLS with the server's certificate.
    ///
    /// # Errors
    /// When the certificate cannot be used.
    pub fn acceptor(&self) -> Result<TlsAcceptor, Failed> {
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(Failed::doing("TLS"))?
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), self.key.clone_key())
            .map_err(Failed::doing("the certificate"))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn authority_params(key: &KeyPair, now: Timestamp) -> CertificateParams {
    let fingerprint = Sha256::digest(key.public_key_raw());
    let short: String = fingerprint.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut params = CertificateParams::default();
    params.distinguished_name = name(&format!("Huiyue 会约 local authority {short}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign, KeyUsagePurpose::DigitalSignature];
    valid_for(&mut params, now, AUTHORITY_DAYS);
    params
}

fn server_params(public_url: Option<&str>, now: Timestamp) -> Result<CertificateParams, rcgen::Error> {
    let mut names = vec!["localhost".to_owned()];
    names.extend([IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)].iter().chain(&own_addresses()).map(IpAddr::to_string));
    let public_host = public_url.and_then(|url| url.parse::<axum::http::Uri>().ok()).and_then(|uri| uri.host().map(str::to_owned));
    names.extend(public_host);
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = name("Huiyue 会约");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    valid_for(&mut params, now, SERVER_DAYS);
    Ok(params)
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common);
    name
}

/// Year, month and day, so many days from now.
fn day(now: Timestamp, days: i32) -> (i32, u8, u8) {
    let (year, month, day) = LocalDate(now.utc_day()).plus_days(days).ymd();
    (year, u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

fn valid_for(params: &mut CertificateParams, now: Timestamp, days: i32) {
    let ((y1, m1, d1), (y2, m2, d2)) = (day(now, -1), day(now, days));
    (params.not_before, params.not_after) = (date_time_ymd(y1, m1, d1), date_time_ymd(y2, m2, d2));
}

/// The addresses by which others on the network reach this machine. Nothing is sent: the system only says which it would use.
pub fn own_addresses() -> Vec<IpAddr> {
    let towards = |from: &str, to: &str| {
        let socket = UdpSocket::bind(from).ok()?;
        socket.connect(to).ok()?;
        socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
    };
    [towards("0.0.0.0:0", "192.0.2.1:9"), towards("[::]:0", "[2001:db8::1]:9")].into_iter().flatten().collect()
}

/// `GET /authority.crt`, for phones.
pub fn download(authority: &Authority) -> Router {
    let pem = authority.pem.clone();
    let headers = [(CONTENT_TYPE, "application/x-x509-ca-cert"), (CONTENT_DISPOSITION, "attachment; filename=\"huiyue-authority.crt\"")];
    Router::new().route("/authority.crt", get(move || std::future::ready((headers, pem.clone()))))
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
