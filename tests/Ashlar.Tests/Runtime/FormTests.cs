using Ashlar.Runtime;

namespace Ashlar.Tests.Runtime;

public sealed unsafe class FormTests
{
    [Fact]
    public void A_value_that_is_read_often_may_have_another_form()
    {
        using var value = Storage.Allocate(64);
        int reads = ReadsUntilOften(value);
        Assert.InRange(reads, 4, 64);
        Storage form = value.InForm("form", _ => Storage.Allocate(64));
        Assert.Same(form, value.Form("form"));
        Assert.Null(value.Form("another"));
    }

    [Fact]
    public void A_value_that_changes_loses_its_forms_and_is_counted_anew()
    {
        using var value = Storage.Allocate(64);
        int reads = ReadsUntilOften(value);
        Storage form = value.InForm("form", _ => Storage.Allocate(64));
        value.Change();
        Assert.Null(value.Form("form"));
        Assert.Throws<ObjectDisposedException>(() => _ = HasPointer(form));
        Assert.Equal(reads, ReadsUntilOften(value));
    }

    [Fact]
    public void Memory_of_someone_else_may_change_and_has_no_other_form()
    {
        byte* bytes = stackalloc byte[64];
        using var value = Storage.External(bytes, 64, () => { });
        for (int i = 0; i < 100; i++)
        {
            Assert.False(value.IsReadOften(64));
        }
    }

    [Fact]
    public void Forms_take_a_bounded_part_of_the_memory()
    {
        using var value = Storage.Allocate(64);
        for (int i = 0; i < 100; i++)
        {
            Assert.False(value.IsReadOften((nint)1 << 40));
        }
    }

    static int ReadsUntilOften(Storage value)
    {
        int reads = 1;
        while (!value.IsReadOften(64))
        {
            reads++;
            Assert.True(reads < 1000, "It is never read often.");
        }

        return reads;
    }

    static bool HasPointer(Storage storage) => storage.Pointer is not null;
}
