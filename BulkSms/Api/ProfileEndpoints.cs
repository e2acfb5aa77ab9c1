using BulkSms.Profiles;
using BulkSms.Sending;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Api;

/// <summary>The profiles that a caller may use.</summary>
public sealed class ProfileEndpoints(ProfileCatalog profiles, SendingRates rates)
{
    /// <summary><c>GET /api/v1/profiles</c>: those whose roles the caller has, with their rates. No storage is asked.</summary>
    public Task<IResult> ListAsync(HttpRequest request) => Task.FromResult(Results.Json(
        new ProfileList([.. profiles.ChoiceOf(request).Allowed.Select(profile => new ProfileView(profile.Name, rates.Of(profile.Name)))])));
}

/// <param name="Profiles">The profiles, <c>default</c> first.</param>
public sealed record ProfileList(IReadOnlyList<ProfileView> Profiles);

/// <param name="Profile">Its name.</param>
/// <param name="SegmentsPerSecond">The configured rate, of all instances together.</param>
public sealed record ProfileView(string Profile, double SegmentsPerSecond);
