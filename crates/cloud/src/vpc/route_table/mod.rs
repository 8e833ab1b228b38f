//! Route tables: the system one of every VPC.

pub mod describe_route_table_list;
