//! What an account settles about the passwords and console logins of its RAM users.

pub mod get_password_policy;
pub mod get_security_preference;
pub mod record;
pub mod set_password_policy;
pub mod set_security_preference;
