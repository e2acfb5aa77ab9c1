using System.Globalization;
using System.Text;
using BulkSms.Recipients;
using BulkSms.Tests.Infrastructure;
using BulkSms.Tests.Lists;
using Microsoft.Playwright;

namespace BulkSms.Tests.WebConsole;

/// <summary>Lists that are given to the console as files.</summary>
[Collection(WebConsoleCollection.Files)]
public sealed class ListFileTests(MemoryFixture memory, ConsoleBrowser browser) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bulksms-lists-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task File_WithColumns_IsSentAsItsRowsAreShown()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        app.Twilio.Recipients["+15551230002"] = new() { FinalStatus = ProviderStatus.Undelivered, ErrorCode = 30005 };
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");

        await ChooseAsync(window, "guests.csv", "phone;First Name\n+15551230001;Ada\n+15551230002;\"Bob; jr.\"\n");
        await window.Field(ConsoleWindow.Message).FillAsync("Hello ");
        await window.Button("First Name").PressAsync();
        Assert.Equal("Hello {{First Name}}", await window.Field(ConsoleWindow.Message).InputValueAsync());
        await window.SeesAsync("Hello Ada");
        await window.ShowAsync("new-file");

        await window.Page.ReloadAsync(); // the file survives as well
        await window.SeesAsync("guests.csv");
        await window.Button("Check").PressAsync();
        await window.SeesAsync("Hello Bob; jr.");
        await window.ShowAsync("check-file");
        await window.SendAsync("Send 2 texts");
        await window.FollowsAsync("2 of 2 have a final status");

        Assert.Equal(["Hello Ada", "Hello Bob; jr."], app.Twilio.Messages.All.OrderBy(message => message.To, StringComparer.Ordinal).Select(message => message.Body));
        await window.SeesAsync("The number is wrong: ask for another one");
        await window.Button("Text the 1 person who did not get it").PressAsync();
        await window.SeesAsync("not-delivered.csv");
        Assert.Equal(["First Name"], await window.Page.Locator(".chip").AllTextContentsAsync()); // of the file of results, the columns of the person's own
        await window.Button("Check").PressAsync();
        await window.SeesAsync("Hello Bob; jr.");
        await window.Button("Send 1 text").WaitForAsync();

        await window.GoAsync("broadcasts"); // a draft is not thrown away by the way
        await window.FollowsAsync("1 of 2 delivered");
        await window.Button("Duplicate").PressAsync();
        await window.Button("No, go back").PressAsync();
        await window.Button("Duplicate").PressAsync();
        await window.Button("Yes, discard it").PressAsync();
        await window.Page.Locator("#pasted").WaitForAsync();
        Assert.Equal("Hello {{First Name}}", await window.Field(ConsoleWindow.Message).InputValueAsync());
    }

    [Fact]
    public async Task File_OfHundredThousandRows_ShowsAPageOfThemAndAsksBeforeItIsSent()
    {
        const int rows = 100_000;
        const int mostElements = 2_000;
        const double longestTask = 100;
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");
        var file = new StringBuilder("phone,name\n");
        for (var i = 0; i < rows; i++)
        {
            file.Append(CultureInfo.InvariantCulture, $"+1555{i:0000000},Guest {i}\n");
        }

        var path = Path.Combine(folder, "all.csv");
        await File.WriteAllTextAsync(path, file.ToString());
        var thread = await MainThread.WatchAsync(window.Page);
        await window.Field(ConsoleWindow.ListFile).SetInputFilesAsync(path); // as a person chooses it; a file that a script makes would be made in the page
        await window.SeesAsync("100,000 rows");
        Assert.InRange(await thread.LongestTaskAsync(), 0, longestTask);
        await window.Field(ConsoleWindow.Message).FillAsync("Hello {{name}}");
        await window.Button("Check").PressAsync();
        await window.SeesAsync("Entry 5 of 100,000");
        await window.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages of the texts" }).GetByText("Next").PressAsync();
        await window.SeesAsync("Hello Guest 9");
        Assert.InRange(await window.Page.EvaluateAsync<int>("() => document.getElementsByTagName('*').length"), 1, mostElements);
        await window.Button("Send 100,000 texts").PressAsync();
        await window.SeesAsync("100,000 people will get it");
        await window.ShowAsync("send-asks");
        await window.Button("No, go back").PressAsync();
        await window.Button("Send 100,000 texts").PressAsync();
        await window.Button("Yes, send 100,000 texts").PressAsync();

        await window.SeesAsync("0 of 100,000 have a final status");
    }

    [Fact]
    public async Task Entries_ThatAreLeftOut_UnfoldBeforeAndAfterTheyAreSent()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        Assert.True((await app.OptOutAsync("+15551230003")).IsSuccessStatusCode);
        await window.SignInAsync("new");
        await window.Field(ConsoleWindow.Message).FillAsync("Hello {{name}}");
        await window.Field(ConsoleWindow.Pasted).FillAsync($"phone,name\n+15551230001,Ada\n+15551230001,Eve\n{string.Concat(Enumerable.Range(1, 25).Select(i => $"no number {i},Dan\n"))}+15551230003,Cleo");
        await window.Button("Check").PressAsync();
        await window.Button("Leave them out and go on").PressAsync();

        await window.Page.GetByText("People who do not want texts").PressAsync();
        await window.SeesAsync("+15551230003");
        await window.Page.GetByText("Entries with an error are left out.").PressAsync();
        await window.SeesAsync("no number 20");
        await window.Page.GetByLabel("Pages of entries: invalid").GetByText("Next").PressAsync();
        await window.SeesAsync("no number 25");
        var before = await window.Page.RunAndWaitForDownloadAsync(() => window.Page.Locator("[data-left=invalid]").GetByText("Save them as a file").PressAsync());
        Assert.Equal(26, (await File.ReadAllLinesAsync(await before.PathAsync())).Length);
        await window.Page.GetByText("A number that is given again").PressAsync();
        await window.SeesAsync("names the phone of line 2 again, with another text");
        await window.ShowAsync("check-unfolded");
        await window.Button("Send each person their own text").PressAsync();
        await window.SendAsync("Send 2 texts");
        await window.FollowsAsync("2 of 2 have a final status");
        await window.Page.GetByText("Left out of the list").PressAsync();
        await window.SeesAsync("no number 25");
        var saved = await window.Page.RunAndWaitForDownloadAsync(() => window.Button("Save all of them as a file").PressAsync());

        Assert.Contains("no number", await File.ReadAllTextAsync(await saved.PathAsync()), StringComparison.Ordinal);
        Assert.Equal(["Hello Ada", "Hello Eve"], app.Twilio.Messages.For("+15551230001").Select(message => message.Body).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Texts_OfEntriesThatAreLeftOut_AreNotShown()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");
        await window.Field(ConsoleWindow.Message).FillAsync("Hello {{name}}");
        await window.Field(ConsoleWindow.Pasted).FillAsync("phone\tname\n+15551230001\tAda\n+15551230002\t\n+15551230001\tAda");
        await window.Button("Check").PressAsync();
        await window.Button("Leave them out and go on").PressAsync();
        await window.SeesAsync("Left out: names the phone of line 2 again.");

        Assert.Equal(["Hello Ada", "Left out: has no value for {{name}}.", "Left out: names the phone of line 2 again."], await window.Page.Locator(".phone p").AllTextContentsAsync());
        await window.SeesAsync("The text does not say how to opt out"); // its words for a place of the request
    }

    [Fact]
    public async Task PastedTable_WithSmartEncoding_IsSentAsTheCheckShowsIt()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");
        await window.Field(ConsoleWindow.Message).FillAsync("Hello {{name|“you”}} – 1½…");
        await window.Field(ConsoleWindow.Pasted).FillAsync("phone\tname\n+15551230001\tZoë’s e\u0301\n+15551230002\t☺ …\n+15551230003\t");
        await window.Page.GetByText("When, and what it may cost").PressAsync();
        await window.Page.GetByLabel("Replace curly quotes").PressAsync();
        await window.Button("Check").PressAsync();
        await window.SeesAsync("Entry 3 of 3");
        var shown = await window.Page.Locator(".phone p").AllTextContentsAsync();
        await window.SendAsync("Send 3 texts");
        await window.FollowsAsync("3 of 3 have a final status");

        Assert.Equal(shown, app.Twilio.Messages.All.OrderBy(message => message.To, StringComparer.Ordinal).Select(message => message.Body));
    }

    [Fact]
    public async Task Workbook_IsShownAndTestedAsBulkSmsReadsIt()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount());
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");

        var file = Workbooks.Of(["phone", "name", "off"], ["+15551230001", "Ada", Workbooks.Cell.Number("0.5", 5)], ["+15551230002", "Bob", "much"]);
        await window.Field(ConsoleWindow.ListFile).SetInputFilesAsync(new FilePayload { Name = "guests.xlsx", MimeType = "application/octet-stream", Buffer = file });
        await window.Field(ConsoleWindow.Message).FillAsync("Hello {{name}}, you save ");
        await window.Button("off").PressAsync();
        await window.Button("Check").PressAsync();
        var first = window.Page.Locator(".phone p").First;
        await window.SeesAsync("Row 2, the first");
        var shown = await first.TextContentAsync();
        await window.Field("Show the text of row").FillAsync("9");
        await window.Button("Show it").PressAsync();
        await window.SeesAsync("The row is not in the list");
        await window.Field("Show the text of row").FillAsync("3");
        await window.Button("Show it").PressAsync();
        await window.SeesAsync("Row 3, chosen");
        Assert.Equal("Hello Bob, you save much", await first.TextContentAsync());
        await window.ShowAsync("check-workbook");
        await window.Page.GetByText("Send me a test").PressAsync();
        await window.Field("Your own number").FillAsync("+15551230009");
        await window.Button("Send the test").PressAsync();

        await Eventually.TrueAsync(() => app.Twilio.Messages.CountFor("+15551230009") == 1);
        Assert.Equal(shown, Assert.Single(app.Twilio.Messages.All).Body);
    }

    [Fact]
    public async Task List_ThatIsLongOrDropped_IsReadAsAFile()
    {
        await using var app = await TestApp.StartAsync(memory.NewAccount(), pumping: false);
        await using var window = await browser.OpenAsync(app);
        await window.SignInAsync("new");
        await window.Field(ConsoleWindow.Pasted).EvaluateAsync("(field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }", string.Join('\n', TestApp.Numbers(2_000)));
        await window.SeesAsync("2,000 rows");
        await window.Button("Take another list").PressAsync();

        var dropped = await window.Page.EvaluateHandleAsync("() => { const it = new DataTransfer(); it.items.add(new File(['phone\\n030 901820'], 'dropped.csv')); return it; }");
        await window.Page.DispatchEventAsync(".drop", "drop", new { dataTransfer = dropped });
        await window.SeesAsync("dropped.csv");
        await window.Field(ConsoleWindow.Message).FillAsync("Hello");
        await window.Page.GetByText("When, and what it may cost").PressAsync();
        await window.Field("Most it may cost, in US dollars").FillAsync("ten");
        await window.Button("Check").PressAsync();
        await window.SeesAsync("must be an amount in US dollars");
        await window.Link("Change it").PressAsync();
        await window.SeesAsync("It must be an amount in US dollars, such as 12.50."); // at its field
        await window.Field("Most it may cost, in US dollars").FillAsync("");
        await window.Button("Check").PressAsync();
        await window.SeesAsync("choose the country of numbers without +");
        await window.Link("Change the list").PressAsync();
        await window.Field("Country of numbers without +").SelectOptionAsync("DE");
        await window.Button("Check").PressAsync();

        await window.Button("Send 1 text").WaitForAsync();
    }

    internal static Task ChooseAsync(ConsoleWindow window, string name, string content) =>
        window.Field(ConsoleWindow.ListFile).SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(content) });
}
