//! Virtual MFA devices: second factors that RAM users can bind.

pub mod bind_mfa_device;
pub mod create_virtual_mfa_device;
pub mod delete_virtual_mfa_device;
pub mod get_user_mfa_info;
pub mod list_virtual_mfa_devices;
pub mod record;
pub mod totp;
pub mod unbind_mfa_device;
