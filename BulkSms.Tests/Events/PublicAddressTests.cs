using System.Net;
using BulkSms.Events;
using BulkSms.Outbox;
using Microsoft.Extensions.Options;

namespace BulkSms.Tests.Events;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("20.50.2.1", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("2a00:1450:4001:82a::200e", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.0.0.170", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("203.0.113.7", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("64:ff9b:1::1", false)]
    [InlineData("100::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Is_OneAddress_OnlyIfItIsOfTheInternet(string address, bool expected) => Assert.Equal(expected, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://8.8.8.8/hooks", null)]
    [InlineData("http://8.8.8.8/hooks", "https")]
    [InlineData("ftp://8.8.8.8/hooks", "https")]
    [InlineData("/hooks", "must be an address")]
    [InlineData("https:///hooks", "must be an address")]
    [InlineData("https://user:pass@8.8.8.8/", "neither a user")]
    [InlineData("https://8.8.8.8/#x", "fragment")]
    [InlineData("https://localhost/", "public")]
    [InlineData("https://127.1/", "public")]
    [InlineData("https://2130706433/", "public")]
    [InlineData("https://0x7f.0.0.1/", "public")]
    [InlineData("https://0177.0.0.1/", "public")]
    [InlineData("https://[::1]/", "public")]
    [InlineData("https://[::ffff:169.254.169.254]/", "public")]
    [InlineData("https://[fe80::1%25eth0]/", "public")]
    [InlineData("https://10.0.0.1:8443/", "public")]
    [InlineData("https://no-such-host.invalid/", "can be found")]
    public async Task FaultOf_OneAddress_NamesWhatIsWrong(string address, string? expected)
    {
        var fault = await new EndpointAddress(Options.Create(new EventOptions())).FaultOfAsync(address, TestContext.Current.CancellationToken);

        Assert.True(expected is null ? fault is null : fault?.Contains(expected, StringComparison.Ordinal) == true, $"{address}: {fault}");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000/", true)]
    [InlineData("https://10.0.0.1/", true)]
    [InlineData("ftp://127.0.0.1/", false)]
    public async Task FaultOf_ForDevelopment_TakesPrivateAddresses(string address, bool isTaken)
    {
        var fault = await new EndpointAddress(Options.Create(new EventOptions { AllowPrivateAddresses = true })).FaultOfAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(isTaken, fault is null);
    }
}
