using BulkSms.Http;
using BulkSms.Profiles;
using BulkSms.Recipients;
using Microsoft.AspNetCore.Http;

namespace BulkSms.Doctor;

/// <summary><c>GET /api/v1/doctor?countries=&amp;profile=</c>: how Twilio and this app are set for a profile (<c>default</c> where none is named), line by line. It reads only, and answers 200 whatever it finds.</summary>
public sealed class DoctorEndpoint(GatherFacts facts, ProfileCatalog profiles)
{
    /// <summary>The parameter of the countries that are asked about.</summary>
    public const string Countries = "countries";

    public async Task<IResult> GetAsync(HttpRequest request)
    {
        var errors = new FieldErrors();
        var countries = CountriesOf(request.Query[Countries].ToString(), errors);
        var profile = ProfileQuery.Read(profiles, request, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        var found = await facts.RunAsync(profile ?? profiles.Default, countries, request.HttpContext.RequestAborted);
        return Results.Json(DoctorView.Of(found.Now, Diagnosis.Of(found)));
    }

    private static List<string> CountriesOf(string given, FieldErrors errors)
    {
        var regions = new List<string>();
        foreach (var country in given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (NumberRules.RegionOf(country) is not { } region)
            {
                errors.Add(Countries, $"each {NumberRules.NoSuchRegion}, with commas between them");
            }
            else if (!regions.Contains(region, StringComparer.Ordinal))
            {
                regions.Add(region);
            }
        }

        return regions;
    }
}
