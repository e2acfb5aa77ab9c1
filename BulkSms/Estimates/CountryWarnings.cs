using System.Globalization;
using BulkSms.Broadcasts.Requests;
using BulkSms.Lists;
using BulkSms.Recipients;
using BulkSms.Twilio.Account;

namespace BulkSms.Estimates;

/// <summary>What a preview warns of in the countries: those that the account may not text, each with the first of its recipients.</summary>
internal static class CountryWarnings
{
    /// <param name="request">The request.</param>
    /// <param name="timed">Whom it reaches.</param>
    /// <param name="cost">By country.</param>
    /// <param name="permissions">What Twilio says of countries; null: nothing is known.</param>
    public static IEnumerable<ListWarning> Of(BroadcastRequest request, TimedRequest timed, CostEstimate cost, PermissionFact? permissions)
    {
        foreach (var country in permissions is null ? [] : cost.Countries.Where(each => permissions.Disabled.Contains(each.Country)))
        {
            var first = timed.Recipients.Weights(0).Index().First(each => PhoneNumber.CountryOf(each.Item.To) == country.Country).Index;
            yield return new(request.Places.Paths.OfEntry(timed.Recipients[first].Place), string.Create(
                CultureInfo.InvariantCulture,
                $"goes to {country.Country}, which the Twilio account may not text: Twilio would refuse {(country.Recipients == 1 ? "this recipient" : $"this and {country.Recipients - 1:N0} more")} (21408). Switch the country on in Twilio's console, under Geo permissions"));
        }
    }
}
