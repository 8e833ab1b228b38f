//! Instances: virtual machines from creation to release.

pub mod batch;
pub mod create_instance;
pub mod creation;
pub mod delete_instance;
pub mod delete_instances;
pub mod describe_instance_attribute;
pub mod describe_instance_status;
pub mod describe_instances;
pub mod describe_user_data;
pub mod given;
pub mod life;
pub mod modify_instance_attribute;
pub mod modify_instance_auto_release_time;
pub mod parts;
pub mod public_address;
pub mod reboot_instance;
pub mod reboot_instances;
pub mod record;
pub mod release;
pub mod rules;
pub mod run_instances;
pub mod shape;
pub mod start_instance;
pub mod start_instances;
pub mod stop_instance;
pub mod stop_instances;
