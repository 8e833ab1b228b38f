//! Moyun: Alibaba Cloud ECS on your own machine.

fn main() {}
