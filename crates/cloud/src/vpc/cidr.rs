//! Blocks of IPv4 addresses: how they are read, and which of them networks may have.

use ipnet::Ipv4Net;

use crate::param::Param;
use crate::spec::ParamKind;

/// The block of a VPC whose creator names none: 172.16.0.0/12.
pub const DEFAULT_VPC_CIDR: Ipv4Net = net(172, 16, 0, 0, 12);

/// The private ranges, within which every VPC lies.
const PRIVATE_RANGES: [Ipv4Net; 3] = [net(10, 0, 0, 0, 8), DEFAULT_VPC_CIDR, net(192, 168, 0, 0, 16)];

/// The most blocks of a `UserCidr`.
const USER_CIDRS_MAX: usize = 3;

// Bits beyond the mask would make one block comparable in several spellings, so they must be zero.
impl Param for Ipv4Net {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<Ipv4Net> {
        text.parse().ok().filter(|net: &Ipv4Net| net.trunc() == *net)
    }
}

/// Up to three blocks in one parameter, separated by commas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CidrList(pub Vec<Ipv4Net>);

impl Param for CidrList {
    const KIND: ParamKind = ParamKind::Text;
    fn read(text: &str) -> Option<CidrList> {
        let nets: Option<Vec<Ipv4Net>> = text.split(',').map(|part| Ipv4Net::read(part.trim())).collect();
        nets.filter(|nets| nets.len() <= USER_CIDRS_MAX).map(CidrList)
    }
}

/// Whether a VPC can have this block: part of a private range, with a mask of 8 to 28 bits.
pub fn is_vpc_cidr(cidr: &Ipv4Net) -> bool {
    (8..=28).contains(&cidr.prefix_len()) && PRIVATE_RANGES.iter().any(|range| range.contains(cidr))
}

/// Whether a vSwitch can have a block of this size: a mask of 16 to 29 bits.
pub fn is_v_switch_cidr(cidr: &Ipv4Net) -> bool {
    (16..=29).contains(&cidr.prefix_len())
}

/// Whether two blocks have an address in common.
pub fn overlap(one: Ipv4Net, other: Ipv4Net) -> bool {
    one.contains(&other) || other.contains(&one)
}

const fn net(a: u8, b: u8, c: u8, d: u8, bits: u8) -> Ipv4Net {
    Ipv4Net::new_assert(std::net::Ipv4Addr::new(a, b, c, d), bits)
}

#[cfg(test)]
mod tests {
    use super::{CidrList, Ipv4Net, is_v_switch_cidr, is_vpc_cidr, overlap};
    use crate::param::Param;

    fn net(text: &str) -> Ipv4Net {
        Ipv4Net::read(text).unwrap()
    }

    #[test]
    fn blocks_are_written_as_network_and_bits() {
        for good in ["10.0.0.0/8", "0.0.0.0/0", "192.168.1.7/32"] {
            assert!(Ipv4Net::read(good).is_some(), "{good}");
        }
        for bad in ["10.0.0.1/8", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "fd00::/64", " 10.0.0.0/8"] {
            assert!(Ipv4Net::read(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_vpc_lies_in_a_private_range() {
        for good in ["10.0.0.0/8", "10.1.2.0/28", "172.16.0.0/12", "172.31.0.0/16", "192.168.0.0/16"] {
            assert!(is_vpc_cidr(&net(good)), "{good}");
        }
        for bad in ["10.1.2.0/29", "172.0.0.0/8", "172.32.0.0/16", "192.0.0.0/8", "11.0.0.0/8", "10.0.0.0/7"]
        {
            assert!(Ipv4Net::read(bad).is_none_or(|bad| !is_vpc_cidr(&bad)), "{bad}");
        }
    }

    #[test]
    fn a_v_switch_has_16_to_29_bits() {
        assert!(is_v_switch_cidr(&net("10.0.0.0/16")) && is_v_switch_cidr(&net("10.0.0.0/29")));
        assert!(!is_v_switch_cidr(&net("10.0.0.0/15")) && !is_v_switch_cidr(&net("10.0.0.0/30")));
    }

    #[test]
    fn blocks_overlap_when_one_holds_the_other() {
        assert!(overlap(net("10.0.0.0/16"), net("10.0.3.0/24")));
        assert!(overlap(net("10.0.3.0/24"), net("10.0.0.0/16")));
        assert!(!overlap(net("10.0.2.0/24"), net("10.0.3.0/24")));
    }

    #[test]
    fn a_list_has_at_most_three_blocks() {
        assert_eq!(CidrList::read("10.0.0.0/8,172.16.0.0/12").unwrap().0.len(), 2);
        assert!(CidrList::read("10.0.0.0/8,").is_none());
        assert!(CidrList::read("10.0.0.0/8,11.0.0.0/8,12.0.0.0/8,13.0.0.0/8").is_none());
    }
}
