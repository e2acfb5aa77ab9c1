using BulkSms.Messages;

namespace BulkSms.Broadcasts.Requests;

/// <summary>Takes the entries of a list, whatever it is written in.</summary>
public interface IListSink
{
    /// <summary>The texts that are made of the entries' data; null: none is.</summary>
    PersonalTexts? Texts { get; }

    /// <summary>Says what the column of the numbers is called: its language suggests a country.</summary>
    void NumberColumn(string header);

    /// <summary>Takes an entry.</summary>
    void Add(in ListEntry entry, ListPaths paths);

    /// <summary>Something is wrong with one entry, whatever its number is.</summary>
    /// <param name="entry">As far as it could be read.</param>
    /// <param name="path">Where.</param>
    /// <param name="error">In words for the caller; they may show what was read.</param>
    void Refuse(in ListEntry entry, string path, string error);

    /// <summary>Something is wrong with the list as a whole: leaving entries out does not help.</summary>
    void Fail(string path, string error);

    /// <summary>Something was read in one of several ways.</summary>
    void Warn(string path, string text);
}
