using BulkSms.TwilioSimulator;

namespace BulkSms.LocalHost;

/// <summary>The settings that point the app at a simulator.</summary>
public static class SimulatedTwilio
{
    public static void Use(TwilioServer simulator, IDictionary<string, string?> settings)
    {
        settings["Twilio:BaseUrl"] = simulator.BaseUrl.ToString();
        settings["Twilio:MessagingBaseUrl"] = simulator.BaseUrl.ToString();
        settings["Twilio:AccountsBaseUrl"] = simulator.BaseUrl.ToString();
        settings["Twilio:MonitorBaseUrl"] = simulator.BaseUrl.ToString();
        settings["Twilio:PricingBaseUrl"] = simulator.BaseUrl.ToString();
        settings["Twilio:AccountSid"] = simulator.Options.AccountSid;
        settings["Twilio:AuthToken"] = simulator.Options.AuthToken;
        settings["Twilio:MessagingServiceSid"] = simulator.Options.MessagingServiceSid;
    }
}
