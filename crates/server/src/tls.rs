//! TLS on the API listener, for clients that insist on it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// The first byte of a TLS connection; no HTTP request begins with it.
const HANDSHAKE: u8 = 0x16;

/// What the API listener proves itself with.
#[derive(Clone)]
pub struct Tls {
    acceptor: TlsAcceptor,
}

impl Tls {
    /// A certificate of the user's own, its chain behind it, and its key, both as PEM.
    pub fn from_files(certificate: &Path, key: &Path) -> Result<Tls, String> {
        let unreadable = |path: &Path, error| format!("{} cannot be read as PEM: {error}", path.display());
        let chain = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| unreadable(certificate, error))?;
        if chain.is_empty() {
            return Err(format!("{} holds no certificate", certificate.display()));
        }
        let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, error))?;
        Tls::new(chain, secret)
    }

    /// A certificate for this machine, signed by an authority that is made once and kept in a folder; also tells where
    /// the authority's certificate lies, which clients have to trust.
    pub fn self_signed(folder: &Path, listen: IpAddr) -> Result<(Tls, PathBuf), String> {
        let kept = authority_key(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let own = KeyPair::generate().map_err(in_vain)?;
        let certificate = server_params(listen)
            .and_then(|params| params.signed_by(&own, &Issuer::new(authority_params(), kept)))
            .map_err(in_vain)?;
        let secret = PrivatePkcs8KeyDer::from(own.serialize_der());
        Ok((Tls::new(vec![certificate.into()], secret.into())?, folder.join(AUTHORITY)))
    }

    fn new(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<Tls, String> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| format!("certificate and key cannot be used: {error}"))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Tls { acceptor: TlsAcceptor::from(Arc::new(config)) })
    }

    /// Whether the peer begins a TLS connection; None when it goes before it says anything.
    pub(crate) async fn is_wanted(stream: &TcpStream) -> io::Result<Option<bool>> {
        let mut first = [0];
        Ok((stream.peek(&mut first).await? > 0).then_some(first[0] == HANDSHAKE))
    }

    pub(crate) async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        self.acceptor.accept(stream).await
    }
}

/// The certificate of the authority.
const AUTHORITY: &str = "ca.pem";

/// The key of the authority: made at the first start, with its certificate.
fn authority_key(folder: &Path) -> io::Result<KeyPair> {
    let (certificate_path, key_path) = (folder.join(AUTHORITY), folder.join("ca-key.pem"));
    if certificate_path.try_exists()? {
        return KeyPair::from_pem(&fs::read_to_string(key_path)?).map_err(io::Error::other);
    }
    fs::create_dir_all(folder)?;
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let certificate = authority_params().self_signed(&key).map_err(io::Error::other)?;
    let secret = key.serialize_pem();
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(key_path)?
        .write_all(secret.as_bytes())?;
    // Last, and in one step: a certificate that is there has its key.
    let draft = folder.join("ca.pem.new");
    fs::write(&draft, certificate.pem())?;
    fs::rename(draft, certificate_path)?;
    Ok(key)
}

/// Always the same but for the key, so that the certificate need not be read again.
fn authority_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Moyun on this machine");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // Moyun's clock may stand anywhere, and clients judge by theirs.
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2049, 12, 31);
    params
}

fn server_params(listen: IpAddr) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(vec!["localhost".to_owned(), "moyun.local".to_owned()])?;
    let loopback = [IpAddr::from([127, 0, 0, 1]), IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])];
    let others = Some(listen).filter(|address| !loopback.contains(address) && !address.is_unspecified());
    params.subject_alt_names.extend(loopback.into_iter().chain(others).map(SanType::IpAddress));
    params.distinguished_name.push(DnType::CommonName, "Moyun");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2049, 12, 31);
    Ok(params)
}

fn in_vain(error: rcgen::Error) -> String {
    format!("a certificate cannot be made: {error}")
}
