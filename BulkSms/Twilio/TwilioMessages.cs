using System.Globalization;
using System.Net;
using System.Text.Json;

namespace BulkSms.Twilio;

/// <summary>A message as Twilio's list shows it.</summary>
/// <param name="Sid">Its id.</param>
/// <param name="Status">Twilio's word.</param>
/// <param name="Body">The text; it may have been rewritten.</param>
/// <param name="Service">The Messaging Service that sent it.</param>
/// <param name="IsOutbound">Sent by us, not received.</param>
/// <param name="CreatedAt">When Twilio took it, by its clock, in whole seconds.</param>
/// <param name="From">Who sent it; empty while that is not decided.</param>
public sealed record ListedMessage(string Sid, string Status, string Body, string? Service, bool IsOutbound, DateTimeOffset CreatedAt, string From = "");

/// <summary>A message as Twilio tells it when asked for it.</summary>
/// <param name="Status">Twilio's word.</param>
/// <param name="ErrorCode">Twilio's code if it failed, else null.</param>
public sealed record FetchedMessage(string Status, int? ErrorCode);

/// <summary>Twilio's messages, looked at: those to one number, and one by its id. Source: https://www.twilio.com/docs/messaging/api/message-resource.</summary>
public sealed class TwilioMessages(TwilioReader reader, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ListLimits OfOneRecipient = new(PageSize: 100, MaxPages: 20, Patience);

    /// <summary>A sender may receive many thousand texts within minutes: Twilio's largest pages, as many as come in time.</summary>
    private static readonly ListLimits OfOneSender = new(PageSize: 1000, MaxPages: 1000, TimeSpan.FromMinutes(1));

    private const int SendersPage = 100;

    /// <summary>How Twilio begins addresses of the channels that a Messaging Service may choose.</summary>
    private static readonly string[] Channels = ["rcs:", "whatsapp:"];

    /// <summary>
    /// All messages to a number, newest first, back to a time. There is no DateSent filter: a message that is only accepted has none.
    /// </summary>
    /// <returns>Null when the list could not be read whole: nothing may be concluded then.</returns>
    public Task<IReadOnlyList<ListedMessage>?> ListAsync(TwilioCredentials credentials, string to, DateTimeOffset since, CancellationToken cancellation) =>
        ListAsync(credentials, to, since, OfOneRecipient, cancellation);

    /// <summary>
    /// All messages to a number that went by another channel than SMS, back to a time. A Messaging Service chooses the channel by itself (RCS, WhatsApp), and such a message may be listed under that
    /// channel's address alone: what is missing under the number is no proof before these were read, too.
    /// </summary>
    /// <returns>Null when a list could not be read whole.</returns>
    public async Task<IReadOnlyList<ListedMessage>?> ListOtherChannelsAsync(TwilioCredentials credentials, string to, DateTimeOffset since, CancellationToken cancellation)
    {
        var messages = new List<ListedMessage>();
        foreach (var channel in Channels)
        {
            if (await ListAsync(credentials, channel + to, since, OfOneRecipient, cancellation) is not { } listed)
            {
                return null;
            }

            messages.AddRange(listed);
        }

        return messages;
    }

    /// <summary>All messages that one of our senders has received, newest first, back to a time.</summary>
    /// <returns>Null when the list could not be read whole.</returns>
    public Task<IReadOnlyList<ListedMessage>?> ListReceivedAsync(TwilioCredentials credentials, string sender, DateTimeOffset since, CancellationToken cancellation) =>
        ListAsync(credentials, sender, since, OfOneSender, cancellation);

    private async Task<IReadOnlyList<ListedMessage>?> ListAsync(TwilioCredentials credentials, string to, DateTimeOffset since, ListLimits limits, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(limits.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var messages = new List<ListedMessage>();
        var page = string.Create(
            CultureInfo.InvariantCulture,
            $"/2010-04-01/Accounts/{credentials.AccountSid}/Messages.json?To={Uri.EscapeDataString(to)}&PageSize={limits.PageSize}");
        try
        {
            for (var i = 0; i < limits.MaxPages; i++)
            {
                using var document = await reader.GetAsync(credentials, page, either.Token);
                messages.AddRange(document.Root.GetProperty("messages").EnumerateArray().Select(Read));
                if (document.Root.GetProperty("next_page_uri").GetString() is not { } next || (messages.Count > 0 && messages[^1].CreatedAt < since))
                {
                    return messages;
                }

                page = next;
            }

            return null;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && TwilioReader.IsNoAnswer(e))
        {
            return null;
        }
    }

    /// <summary>One message by its id.</summary>
    /// <returns>Null when Twilio did not answer, does not have it, or its answer could not be read.</returns>
    public async Task<FetchedMessage?> FetchAsync(TwilioCredentials credentials, string sid, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var document = await reader.GetAsync(credentials, $"/2010-04-01/Accounts/{credentials.AccountSid}/Messages/{sid}.json", either.Token);
            var message = document.Root;
            return new(
                message.GetProperty("status").GetString()!,
                message.TryGetProperty("error_code", out var code) && code.ValueKind == JsonValueKind.Number ? code.GetInt32() : null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && TwilioReader.IsNoAnswer(e))
        {
            return null;
        }
    }

    /// <summary>When Twilio took a message, by its clock.</summary>
    /// <returns>False when Twilio did not answer; the time is null when it has no such message.</returns>
    public async Task<(bool IsAnswered, DateTimeOffset? CreatedAt)> CreatedAtAsync(TwilioCredentials credentials, string sid, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var document = await reader.GetAsync(credentials, $"/2010-04-01/Accounts/{credentials.AccountSid}/Messages/{sid}.json", either.Token);
            return (true, Read(document.Root).CreatedAt);
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return (true, null);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && TwilioReader.IsNoAnswer(e))
        {
            return (false, null);
        }
    }

    /// <summary>The numbers and short codes that a Messaging Service sends from, and receives at.</summary>
    /// <returns>Null when Twilio did not answer.</returns>
    public async Task<IReadOnlyList<string>?> SendersAsync(TwilioCredentials credentials, string service, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var senders = new List<string>();
            foreach (var (path, list, name) in new[] { ("PhoneNumbers", "phone_numbers", "phone_number"), ("ShortCodes", "short_codes", "short_code") })
            {
                var address = $"{TwilioHttpClient.PublicMessagingAddress}/v1/Services/{service}/{path}?PageSize={SendersPage}";
                senders.AddRange(await reader.ListAsync(credentials, address, list, each => each.GetProperty(name).GetString()!, either.Token));
            }

            return senders;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && TwilioReader.IsNoAnswer(e))
        {
            return null;
        }
    }

    private readonly record struct ListLimits(int PageSize, int MaxPages, TimeSpan Patience);

    private static ListedMessage Read(JsonElement message) => new(
        message.GetProperty("sid").GetString()!,
        message.GetProperty("status").GetString()!,
        message.GetProperty("body").GetString() ?? "",
        message.GetProperty("messaging_service_sid").GetString(),
        message.GetProperty("direction").GetString()!.StartsWith("outbound", StringComparison.Ordinal),
        DateTimeOffset.ParseExact(message.GetProperty("date_created").GetString()!, "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture),
        message.TryGetProperty("from", out var from) ? from.GetString() ?? "" : "");
}
