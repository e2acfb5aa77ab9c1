using System.Net.Http.Headers;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.TwilioSimulator;

namespace BulkSms.Tests.EndToEnd;

/// <summary>No full phone number, no message text and no secret in a log.</summary>
public sealed class LeakTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Logs_OfEveryOutcome_ShowNeitherNumbersNorTextsNorSecrets()
    {
        const string Canary = "CANARY-TEXT-4711";
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Sending:MaxAttempts", "2")]);
        var numbers = TestApp.Numbers(10);
        app.Twilio.Recipients[numbers[0]] = new RecipientBehaviour { RejectCode = 21614 };
        app.Twilio.Recipients[numbers[1]] = new RecipientBehaviour { RejectCode = 31999 };
        app.Twilio.OptOut(numbers[2]);
        app.Twilio.Faults.FailFor(numbers[3], 5, Fault.Refuse503);
        app.Twilio.Faults.FailFor(numbers[4], 1, Fault.ProcessThenDrop);
        app.Twilio.Faults.FailFor(numbers[5], 1, Fault.AccountSuspended);
        app.Twilio.Faults.FailFor(numbers[6], 1, Fault.TruncatedReply);
        app.Twilio.Faults.FailFor(numbers[7], 1, Fault.Refuse429);

        var accepted = await app.BroadcastAsync(Canary, numbers);
        await app.RowAsync(accepted.BroadcastId, numbers[5], row => row.Code == 20005); // that halts all sending
        using var resumed = await app.Http.PostAsync("/api/v1/sending/resume", null);
        await app.GetAsync(accepted.BroadcastId, view => view is { Status: "completed", Progress.Poisoned: 3 });
        using var refused = await app.PostJsonAsync($$"""{"message": "{{Canary}}", "recipients": ["{{numbers[0]}}9999999999"]}""");
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"/api/webhooks/status?code={TestApp.Key}");
        forged.Content = new StringContent($"To={numbers[0]}", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using var forbidden = await app.Http.SendAsync(forged);

        var logs = app.Logs.Text;
        Assert.NotEmpty(logs);
        Assert.All(numbers, number => Assert.DoesNotContain(number[1..], logs, StringComparison.Ordinal));
        Assert.DoesNotContain(Canary, logs, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Twilio.Options.AuthToken, logs, StringComparison.Ordinal);
        Assert.DoesNotContain(TestApp.Key, logs, StringComparison.Ordinal);
        Assert.DoesNotContain(numbers[0][1..], await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, (await app.GetAsync(accepted.BroadcastId)).Counts[RecipientStatus.OptedOut]);
    }
}
