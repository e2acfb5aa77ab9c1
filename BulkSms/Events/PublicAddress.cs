using System.Net;
using System.Net.Sockets;

namespace BulkSms.Events;

/// <summary>
/// Which addresses an endpoint may have: those of the public Internet. What only the app can reach (its own machine, a private network, the cloud's metadata) is nothing that a caller may make it
/// post to. Source: IANA's special-purpose registries, https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32", // Azure's own, from within a virtual machine
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", // within 2000::/3: what carries another address, documentation, and special services
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>The only IPv6 addresses that are assigned to the Internet. Unique local, link-local, multicast, mapped and translated addresses are outside of it.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || (plain.AddressFamily == AddressFamily.InterNetworkV6 && Global.Contains(plain)))
            && !Array.Exists(NotPublic, network => network.Contains(plain));
    }
}
