using BulkSms.Twilio.Account;

namespace BulkSms.Tests.Doctor;

public sealed class AccountLinesTests
{
    [Theory]
    [InlineData(401, "failure", "Twilio refuses them.")]
    [InlineData(403, "failure", "Twilio refuses them.")]
    [InlineData(404, "failure", "Twilio knows no account of this SID.")]
    [InlineData(500, "unknown", "why")]
    [InlineData(0, "unknown", "why")]
    public void Credentials_Refused_AreToldFromNoAnswer(int status, string expected, string found) =>
        (SomeFacts.Well with { Account = new(null, status, "why") }).Says("credentials", expected, found);

    [Fact]
    public void Credentials_Unread_Fail() =>
        (SomeFacts.Well with { HasCredentials = false, Account = Asked.Unknown<AccountFact>("The credentials cannot be read.") }).Says("credentials", "failure", "They cannot be read.");

    [Fact]
    public void WhatNeedsCredentials_WhileTheyAreRefused_SaysToMendThemFirst()
    {
        var refused = SomeFacts.Well with { Account = Asked.WithoutCredentials<AccountFact>("refused"), Senders = Asked.WithoutCredentials<IReadOnlyList<SenderFact>>("refused") };
        var away = SomeFacts.Well with { Senders = Asked.Unknown<IReadOnlyList<SenderFact>>("away") };

        Assert.All(["account", "senders"], id => Assert.Equal("First do what the line credentials says, and ask again.", refused.Line(id).Action));
        Assert.StartsWith("Ask again.", away.Line("senders").Action, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("active", "Full", false, "ok", "It is active.")]
    [InlineData("active", "Full", true, "ok", "It is active. It is a subaccount.")]
    [InlineData("active", "Trial", false, "warning", "It is a trial account.")]
    [InlineData("suspended", "Full", false, "failure", "Twilio says that it is suspended.")]
    [InlineData("closed", "Trial", false, "failure", "Twilio says that it is closed.")]
    [InlineData("+15551230001", "Full", false, "failure", "Twilio says that it is something unknown.")]
    public void Account_OfEveryKind_IsJudged(string status, string type, bool isSubaccount, string expected, string found) =>
        (SomeFacts.Well with { Account = Asked.Known<AccountFact>(new(status, type, isSubaccount, null)) }).Says("account", expected, found);

    [Theory]
    [InlineData("812.4", "ok", "812.40 USD are left.")]
    [InlineData("10", "ok", "10.00 USD are left.")]
    [InlineData("9.99", "warning", "9.99 USD are left.")]
    [InlineData("0", "failure", "0.00 USD are left.")]
    [InlineData("-3.5", "failure", "-3.50 USD are left.")]
    public void Balance_OfEveryHeight_IsJudged(string amount, string expected, string found) => (SomeFacts.Well with
    {
        Balance = Asked.Known<BalanceFact>(new(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "USD")),
    }).Says("balance", expected, found);

    [Fact]
    public void Balance_OfASubaccount_IsItsParents() => (SomeFacts.Well with
    {
        Account = Asked.Known<AccountFact>(new("active", "Full", IsSubaccount: true, null)), Balance = new(null, 404, "why"),
    }).Says("balance", "unknown", "It is a subaccount: its parent pays.");
}
