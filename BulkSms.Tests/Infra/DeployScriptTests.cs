namespace BulkSms.Tests.Infra;

/// <summary>deploy/infra.sh, with an <c>az</c> that only says what it is asked.</summary>
public sealed class DeployScriptTests : IDisposable
{
    private const string Deployed = "deployed with";
    private readonly ScriptRun script = new();

    public void Dispose() => script.Dispose();

    [Fact]
    public async Task Deploy_WhileSendingIsSwitchedOff_LeavesItOff()
    {
        var said = await RunAsync("""
            "functionapp list "*) printf 'api\nsend\n' ;;
            "functionapp show "*"--name api "*) echo SendSms ;;
            "functionapp show "*"--name send "*) echo FanOutJobHandler,Sweep ;;
            "functionapp config appsettings list "*"--name api "*) printf 'AzureWebJobs.SendSms.Disabled\n' ;;
            "functionapp config appsettings list "*"--name send "*) printf 'AzureWebJobs.Sweep.Disabled\nAzureWebJobs.SendSms.Disabled\nAzureWebJobs.FanOutJobHandler.Disabled\n' ;;
            """);

        Assert.Contains("Stays switched off: SendSms\n", said, StringComparison.Ordinal);
        Assert.Contains($"{Deployed} [SendSms]: deployment group create --resource-group GROUP --parameters ", said, StringComparison.Ordinal);
        Assert.EndsWith("/infra/main.bicepparam --query properties.outputs\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_Usually_SwitchesNothingOff()
    {
        var said = await RunAsync("""
            "functionapp list "*) printf 'api\n' ;;
            "functionapp show "*) echo SendSms ;;
            "functionapp config appsettings list "*) printf 'AzureWebJobs.SendSms.Disabled\n' ;;
            """);

        Assert.StartsWith($"{Deployed} []: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_ForTheFirstTime_FindsNoApps() => Assert.StartsWith($"{Deployed} []: ", await RunAsync(""), StringComparison.Ordinal);

    [Fact]
    public async Task Deploy_ToSeeWhatWouldChange_ChangesNothing()
    {
        script.Variables["WHAT_IF"] = "1";

        Assert.StartsWith($"{Deployed} []: deployment group what-if --resource-group GROUP", await RunAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_ToARegionWithoutThePlan_DeploysNothing() => Assert.Contains("The region norwaywest has no Flex Consumption.", await RunAsync("""
        "group show "*) echo norwaywest ;;
        "functionapp list-flexconsumption-locations "*) echo westeurope ;;
        """, succeeds: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"functionapp list \"*) exit 1 ;;")]
    [InlineData("\"functionapp list \"*) echo api ;;\n\"functionapp show \"*) exit 1 ;;")]
    [InlineData("\"functionapp list \"*) echo api ;;\n\"functionapp config appsettings list \"*) exit 1 ;;")]
    public async Task Deploy_WhenAzDoesNotSayWhatIsOff_DeploysNothing(string answers) =>
        Assert.DoesNotContain(Deployed, await RunAsync(answers, succeeds: false), StringComparison.Ordinal);

    private async Task<string> RunAsync(string answers, bool succeeds = true)
    {
        script.Fake("az", $"{answers}\n\"deployment \"*) echo \"{Deployed} [$DISABLED_FUNCTIONS]: $*\" ;;");
        var (code, said) = await script.RunAsync("infra.sh", "GROUP", "--query", "properties.outputs");
        Assert.True(succeeds == (code == 0), said);
        return said;
    }
}
