using System.Net.Http.Json;
using System.Text.Json;
using BulkSms.Twilio;

namespace BulkSms.Tests.Twilio;

/// <summary>Another provider, written in a hurry: a plain HttpClient, and whatever it throws.</summary>
internal sealed class ToySmsSender(HttpClient http) : ISmsSender
{
    public async Task<SendOutcome> SendAsync(OutgoingSms sms, TwilioCredentials credentials, CallLimits limits)
    {
        using var response = await http.PostAsJsonAsync("https://toy.example.com/texts", new { to = sms.To, text = sms.Text });
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return new SendOutcome.Accepted(answer.GetProperty("id").GetString()!, "accepted");
    }
}
