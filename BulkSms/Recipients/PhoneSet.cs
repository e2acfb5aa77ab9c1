namespace BulkSms.Recipients;

/// <summary>The phones of a list of numbers (see <see cref="NumberVariants"/>), each by the index of its first number: a million phones are a million integers.</summary>
/// <param name="numbers">E.164; it may grow.</param>
internal sealed class PhoneSet(IReadOnlyList<string> numbers)
{
    private readonly HashSet<int> indexes = new(new ByPhone(numbers));

    /// <summary>The index of the first number of a phone; null: there is none.</summary>
    public int? IndexOf(string number) => indexes.GetAlternateLookup<string>().TryGetValue(number, out var index) ? index : null;

    /// <summary>Adds the phone of a number, by its index.</summary>
    public void Add(int index) => indexes.Add(index);

    private sealed class ByPhone(IReadOnlyList<string> numbers) : IEqualityComparer<int>, IAlternateEqualityComparer<string, int>
    {
        public bool Equals(int x, int y) => x == y || Equals(numbers[x], y);

        public int GetHashCode(int obj) => GetHashCode(numbers[obj]);

        public bool Equals(string alternate, int other) => NumberVariants.KeyOf(alternate) == NumberVariants.KeyOf(numbers[other]);

        public int GetHashCode(string alternate) => string.GetHashCode(NumberVariants.KeyOf(alternate), StringComparison.Ordinal);

        public int Create(string alternate) => throw new NotSupportedException("A phone is added by its index.");
    }
}
