using BulkSms.Http;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.WebConsole;

/// <summary>A person sends a content template of Twilio in place of a text, and media and short links with one.</summary>
[Collection(WebConsoleCollection.Screens)]
public sealed class ContentTemplateTests(MemoryFixture memory, ConsoleBrowser browser)
{
    private const string Ada = "+15551230001";
    private const string Bob = "+15551230002";
    private const string Script = "<img src=x onerror=alert(1)>";
    private const string Map = "https://example.com/map.png";
    private static readonly string Sid = $"HX{new string('a', 32)}";

    [Fact]
    public async Task Template_WithAVariableFromAColumn_IsSentToEachWithItsOwn()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");
        await window.Field(ConsoleWindow.Message).FillAsync("Written before, and not sent");
        await ListFileTests.ChooseAsync(window, "guests.csv", $"phone,first name\n{Ada},\"{Script}\"\n{Bob},\"Bob \"\"B\"\"\"\n");
        await window.Field("A Twilio template").PressAsync();
        await window.Field("Content SID").FillAsync("HX12");
        await window.Button("Check").PressAsync();
        await window.SeesAsync("A content SID is HX and 32 digits or letters");
        await window.Field("Content SID").FillAsync(Sid);
        await window.Button("Add a variable").PressAsync();
        await window.Field("Or a column").SelectOptionAsync("first name");
        await window.Button("Add a variable").PressAsync();
        await window.Field("Value").Nth(1).FillAsync("ten {%x%}");
        await window.Button("Add a variable").PressAsync();
        await window.Field("Its name").Nth(2).FillAsync("a b");

        await window.Button("Check").PressAsync();
        await window.SeesAsync("Variable 2");
        await window.Link("Change it").PressAsync();
        Assert.Equal("true", await window.Field("Value").Nth(1).GetAttributeAsync("aria-invalid"));
        Assert.Equal("true", await window.Field("Its name").Nth(2).GetAttributeAsync("aria-invalid"));
        await window.ShowAsync("new-template");
        await window.Button("Remove variable 3").PressAsync();
        await window.Field("Value").Nth(1).FillAsync("ten o'clock");
        await window.Button("Check").PressAsync();
        await window.SeesAsync("Twilio makes it from the template");
        await window.SeesAsync("not known: there is no price for content templates");
        await window.SeesAsync(Script);
        await window.Field("Show the variables of row").FillAsync("3");
        await window.Button("Show it").PressAsync();
        await window.SeesAsync("Bob \"B\"");
        await window.ShowAsync("check-template");
        Assert.Equal(0, await window.Page.Locator("main img").CountAsync());
        await window.SendAsync("Send 2 texts");
        await window.FollowsAsync("2 of 2 have a final status");

        var sent = app.Twilio.Messages.All.ToDictionary(message => message.To);
        Assert.All(sent.Values, message => Assert.Equal((Sid, ""), (message.ContentSid, message.Body)));
        Assert.Equal("{\"1\":\"Bob \\\"B\\\"\",\"2\":\"ten o'clock\"}", sent[Bob].ContentVariables);
        Assert.Equal($"{{\"1\":\"{Script}\",\"2\":\"ten o'clock\"}}", sent[Ada].ContentVariables);
        await window.SeesAsync(Sid);
        await window.SeesAsync("{{first name}}");
        await window.PictureAsync("broadcast-template");
        await window.Button("Duplicate").PressAsync();
        Assert.Equal((Sid, "{{first name}}"), (await window.Field("Content SID").InputValueAsync(), await window.Field("Value").First.InputValueAsync()));
    }

    [Fact]
    public async Task Template_IsDuplicatedFromTheList_WhichHasNoVariables()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await app.BroadcastJsonAsync($$"""{"contentSid": "{{Sid}}", "contentVariables": {"1": "ten o'clock"}, "recipients": ["{{Ada}}"]}""");
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync();

        await window.Button("Duplicate").PressAsync();

        Assert.Equal((Sid, "ten o'clock"), (await window.Field("Content SID").InputValueAsync(), await window.Field("Value").First.InputValueAsync()));
    }

    [Fact]
    public async Task Media_AndShortLinks_AreSentWithTheText()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");
        await window.Field(ConsoleWindow.Message).FillAsync("See https://example.com/a/long/way");
        await window.Field(ConsoleWindow.Pasted).FillAsync(Ada);
        await window.Page.GetByText("Pictures and links").PressAsync();
        await window.Field("Addresses of pictures or files").FillAsync($"{Map}\nhttp://example.com/menu.pdf");
        await window.Field("Let Twilio shorten links and count who follows one").PressAsync();
        await window.Button("Check").PressAsync();
        await window.SeesAsync("The pictures or files, line 2");
        await window.Link("Change it").PressAsync();
        await window.SeesAsync("Line 2 must be an https address");
        await window.Field("Addresses of pictures or files").FillAsync(Map);
        await window.Button("Check").PressAsync();
        await window.SeesAsync("With 1 picture or file.");
        await window.SeesAsync("Twilio replaces the links by short ones.");
        await window.SendAsync("Send 1 text");
        await window.FollowsAsync("1 of 1 have a final status");

        var sent = Assert.Single(app.Twilio.Messages.All);
        Assert.Equal(("See https://example.com/a/long/way", true), (sent.Body, sent.ShortenUrls));
        Assert.Equal([Map], sent.MediaUrls);
        await window.SeesAsync("none so far");
        Assert.Equal(200, await app.Twilio.SendClickAsync(new(app.Url, $"/{Routes.Prefix}/{Routes.ClickWebhook}"), sent.Sid));
        await window.Page.ReloadAsync();
        await window.SeesAsync("1, by 1 recipient");
        await window.Page.GetByText("Recipient by recipient").PressAsync();
        Assert.Equal("1", await window.Page.Locator("td[data-label=Clicks]").TextContentAsync());
    }
}
