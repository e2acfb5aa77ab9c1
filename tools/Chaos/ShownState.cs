using BulkSms.Api;
using BulkSms.Chaos.Invariants;
using BulkSms.Common;

namespace BulkSms.Chaos;

/// <summary>What the API shows.</summary>
public sealed class ShownState(ChaosApi api)
{
    private const string Ours = "bulkSms";

    /// <summary>Broadcasts by id.</summary>
    public async Task<IReadOnlyDictionary<string, BroadcastView>> BroadcastsAsync(IEnumerable<string> ids)
    {
        var views = new Dictionary<string, BroadcastView>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (await api.GetAsync($"broadcasts/{id}", ApiJson.Default.BroadcastView) is { } view)
            {
                views[id] = view;
            }
        }

        return views;
    }

    /// <summary>What was given up for good, and how many messages the host alone gave up.</summary>
    public async Task<(IReadOnlyList<PoisonEntry> Refusals, int GivenUpByHost)> PoisonAsync()
    {
        var entries = new List<PoisonEntry>();
        var byHost = 0;
        string? next = "";
        while (next is not null && await api.GetAsync($"poison?limit=50&cursor={next}", ApiJson.Default.PoisonPage) is { } page)
        {
            entries.AddRange(page.Messages.Where(message => message.Source == Ours)
                .Select(message => new PoisonEntry(
                    message.BroadcastId ?? "", message.Id[(message.Id.IndexOf('.', StringComparison.Ordinal) + 1)..message.Id.IndexOf('-', StringComparison.Ordinal)],
                    message.Id[(message.Id.LastIndexOf('-') + 1)..])));
            byHost += page.Messages.Count(message => message.Source != Ours);
            next = page.Next;
        }

        return (entries, byHost);
    }

    /// <summary>Recipients by broadcast, all pages.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<RecipientView>>> RecipientsAsync(IEnumerable<string> ids)
    {
        var pages = new Dictionary<string, IReadOnlyList<RecipientView>>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            var recipients = new List<RecipientView>();
            string? next = "";
            while (next is not null && await api.GetAsync($"broadcasts/{id}/recipients?limit=200&cursor={next}", ApiJson.Default.RecipientPage) is { } page)
            {
                recipients.AddRange(page.Recipients);
                next = page.Next;
            }

            pages[id] = recipients;
        }

        return pages;
    }
}
