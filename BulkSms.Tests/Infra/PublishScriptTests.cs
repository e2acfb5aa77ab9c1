namespace BulkSms.Tests.Infra;

/// <summary>deploy/publish.sh and deploy/secrets.sh, with an <c>az</c> and a <c>curl</c> that only say what they are asked.</summary>
public sealed class PublishScriptTests : IDisposable
{
    private const string Apps = """
        "functionapp list "*functions-elsewhere*) printf '/api\n/send\n' ;;
        "resource show "*) echo scm.example ;;
        "functionapp list "*service-name*api*) echo bulksms-api ;;
        "functionapp list "*service-name*sender*) echo bulksms-send ;;
        "functionapp keys list "*) echo the-key ;;
        "functionapp show "*) echo bulksms-api.example ;;
        """;

    private readonly ScriptRun script = new() { Variables = { ["SMOKE_TRIES"] = "2", ["SMOKE_PAUSE"] = "0", ["SECRETS_PATIENCE"] = "0" } };

    public void Dispose() => script.Dispose();

    [Fact]
    public async Task Publish_WhenTheAppsAreWell_PublishesTheSenderThenTheApi()
    {
        script.Fake("az", Apps);
        Well();

        var (code, said) = await script.RunAsync("publish.sh", "GROUP", "new.zip", "old.zip");

        Assert.True(code == 0, said);
        Assert.Equal(["bulksms-send new.zip", "bulksms-api new.zip"], Published());
        Assert.Equal(["/api Allow", "/send Allow", "published", "published", "/api Deny", "/send Deny"], Openings());
    }

    [Fact]
    public async Task Publish_WhenTheAppsAreNotWell_GoesBackToThePackageBefore()
    {
        script.Fake("az", Apps);
        script.Fake("curl", "*) exit 7 ;;");

        var (code, said) = await script.RunAsync("publish.sh", "GROUP", "new.zip", "old.zip");

        Assert.Equal(1, code);
        Assert.Contains("Going back to old.zip.", said, StringComparison.Ordinal);
        Assert.Equal(["bulksms-send new.zip", "bulksms-api new.zip", "bulksms-send old.zip", "bulksms-api old.zip"], Published());
        Assert.Equal(["/api Deny", "/send Deny"], Openings().TakeLast(2));
    }

    [Fact]
    public async Task Publish_ToAppsThatStayClosed_PublishesNothingAndClosesThem()
    {
        script.Fake("az", Apps);
        script.Fake("curl", "*) printf 403 ;;");
        script.Variables["SCM_PATIENCE"] = "0";

        var (code, said) = await script.RunAsync("publish.sh", "GROUP", "new.zip", "old.zip");

        Assert.Equal(1, code);
        Assert.Contains("scm.example does not let publishing in.", said, StringComparison.Ordinal);
        Assert.Equal(["/api Allow", "/send Allow", "/api Deny", "/send Deny"], Openings());
    }

    [Theory]
    [InlineData("West Europe", 0, "")]
    [InlineData("westeurope", 0, "")]
    [InlineData("eastus3", 1, "The region eastus3 has no Flex Consumption. These have it: eastus westeurope")]
    public async Task Region_WithoutThePlan_IsRefused(string region, int expected, string expectedText)
    {
        script.Fake("az", "\"functionapp list-flexconsumption-locations \"*) printf 'westeurope\neastus\n' ;;");

        var (code, said) = await script.RunAsync("region.sh", region);

        Assert.Equal((expected, expectedText), (code, said.Trim()));
    }

    [Fact]
    public async Task Region_WhenAzDoesNotSay_IsNotRefused()
    {
        script.Fake("az", "*) exit 1 ;;");

        var (code, said) = await script.RunAsync("region.sh", "westeurope");

        Assert.Equal(0, code);
        Assert.Contains("westeurope is not checked", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_WhenAPackageIsNotTaken_GoesBackToThePackageBefore()
    {
        script.Fake("az", """
            "functionapp deployment "*bulksms-api*new.zip*) exit 1 ;;
            """ + "\n" + Apps);
        Well();

        var (code, said) = await script.RunAsync("publish.sh", "GROUP", "new.zip", "old.zip");

        Assert.Equal(1, code);
        Assert.Contains("The package before is published again, and the apps are well.", said, StringComparison.Ordinal);
        Assert.Equal(["bulksms-send new.zip", "bulksms-api new.zip", "bulksms-send old.zip", "bulksms-api old.zip"], Published());
    }

    [Fact]
    public async Task Publish_WithoutTheApps_PublishesNothing()
    {
        script.Fake("az", "");

        var (code, said) = await script.RunAsync("publish.sh", "GROUP", "new.zip");

        Assert.NotEqual(0, code);
        Assert.Contains("There is not one app with the tag azd-service-name=api in GROUP.", said, StringComparison.Ordinal);
        Assert.Empty(Published());
    }

    [Fact]
    public async Task Secrets_ThatAreNotThere_AreWrittenWithoutBeingAnArgument()
    {
        script.Fake("az", $$"""
            "keyvault secret list "*) echo TwilioAccountSid ;;
            "keyvault secret set "*) while [[ $1 != --file ]]; do shift; done; cat "$2" >"{{script.PathOf("written")}}" ;;
            """);
        script.Variables["TWILIO_ACCOUNT_SID"] = "made-up-sid";
        script.Variables["TWILIO_AUTH_TOKEN"] = "made-up-token";

        var (code, said) = await script.RunAsync("secrets.sh", "VAULT");

        Assert.True(code == 0, said);
        Assert.Equal("made-up-token", await File.ReadAllTextAsync(script.PathOf("written"), TestContext.Current.CancellationToken));
        Assert.Single(script.Asked(), line => line.Contains("secret set", StringComparison.Ordinal));
        Assert.DoesNotContain("made-up", said + string.Join('\n', script.Asked()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_ThatNoOneGives_AreAskedFor()
    {
        script.Fake("az", "");

        var (code, said) = await script.RunAsync("secrets.sh", "VAULT");

        Assert.Equal(1, code);
        Assert.Contains("TwilioAccountSid is not in the vault. Set TWILIO_ACCOUNT_SID", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_OfAVaultThatCannotBeRead_AreNotWritten()
    {
        script.Fake("az", "*) exit 1 ;;");
        script.Variables["TWILIO_ACCOUNT_SID"] = script.Variables["TWILIO_AUTH_TOKEN"] = "made-up";

        var (code, said) = await script.RunAsync("secrets.sh", "VAULT");

        Assert.Equal(1, code);
        Assert.Contains("Key Vault Secrets Officer", said, StringComparison.Ordinal);
        Assert.DoesNotContain(script.Asked(), line => line.Contains("secret set", StringComparison.Ordinal));
    }

    // What deploy/smoke.sh asks, answered as a deployed app answers.
    private void Well() => script.Fake("curl", """
        *"/api/health/ready") b='"ready"' s=200 ;;
        *"/api/health") b=live s=200 ;;
        *"/api/v1/broadcasts?limit=1") b='"broadcasts"' s=200 ;;
        *"/api/v1/broadcasts/preview") b='"recipientsCount":1' s=200 ;;
        *"recipients\": []"*) b=invalid-request s=400 ;;
        *"/api/v1/doctor") b='"lines":[]' s=200 ;;
        *"/api/webhooks/"*) b=forbidden s=403 ;;
        *) b='' s=401 ;;
        esac
        while [[ $1 != --output ]]; do shift; done
        echo "$b" >"$2"
        printf '%s' "$s"
        case x in
        """);

    private IEnumerable<string> Openings() =>
        from line in script.Asked()
        let words = line.Split(' ')
        where line.Contains(" rest --method patch ", StringComparison.Ordinal) || line.Contains(" config-zip ", StringComparison.Ordinal)
        select words[1] == "rest" ? $"{words[Array.IndexOf(words, "--url") + 1].Split("/config/")[0]} {line.Split('"')[^2]}" : "published";

    private IEnumerable<string> Published() =>
        from line in script.Asked()
        where line.Contains("functionapp deployment source config-zip", StringComparison.Ordinal)
        let words = line.Split(' ')
        select $"{words[Array.IndexOf(words, "--name") + 1]} {words[Array.IndexOf(words, "--src") + 1]}";
}
