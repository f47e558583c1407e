using Ashlar.Data.Datasets;
using Ashlar.Tests.Data.Idx;

namespace Ashlar.Tests.Data.Datasets;

public sealed class IdxFolderTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public IdxFolderTests()
    {
        Put("train-images-idx3-ubyte", IdxFileTests.Idx(0x08, [2, 1, 2], 1, 2, 3, 4));
        Put("train-labels-idx1-ubyte.gz", IdxFileTests.Gzip(IdxFileTests.Idx(0x08, [2], 9, 0)));
        Put("t10k-images-idx3-ubyte.gz", IdxFileTests.Gzip(IdxFileTests.Idx(0x08, [1, 1, 2], 5, 255)));
        Put("t10k-labels-idx1-ubyte", IdxFileTests.Idx(0x08, [1], 1));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plain_and_packed_files_are_found_by_their_names()
    {
        ImageDataset data = IdxFolder.Load(_folder.Path, "mine");

        Assert.Equal(("mine", 10, 1, 1, 2, 255), (data.Name, data.Classes, data.Channels, data.Height, data.Width, data.Maximum));
        Assert.Equal([1, 2, 3, 4], data.Train.Pixels);
        Assert.Equal([9, 0], data.Train.Labels);
        Assert.Equal([5, 255], data.Test.Pixels);
        Assert.Equal("9", data.ClassNames[9]);
    }

    [Fact]
    public void Fashion_mnist_has_names_for_its_classes() =>
        Assert.Equal("Ankle boot", IdxFolder.Load(_folder.Path, "fashion-mnist").ClassNames[9]);

    [Fact]
    public void Without_a_name_the_folder_gives_it() =>
        Assert.Equal(Path.GetFileName(_folder.Path), IdxFolder.Load(_folder.Path + Path.DirectorySeparatorChar).Name);

    [Fact]
    public void Missing_files_are_listed_together()
    {
        File.Delete(_folder.File("train-images-idx3-ubyte"));
        File.Delete(_folder.File("t10k-labels-idx1-ubyte"));
        var e = Assert.Throws<FileNotFoundException>(() => IdxFolder.Load(_folder.Path));
        Assert.Equal($"{_folder.Path}: 2 of the 4 files of an IDX dataset are missing. Looked for train-images-idx3-ubyte and train-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte and t10k-labels-idx1-ubyte.gz. Pass the folder that holds them.", e.Message);
    }

    [Fact]
    public void Images_and_labels_of_different_number_are_refused()
    {
        Put("train-labels-idx1-ubyte.gz", IdxFileTests.Gzip(IdxFileTests.Idx(0x08, [3], 9, 0, 1)));
        var e = Assert.Throws<ParseException>(() => IdxFolder.Load(_folder.Path));
        Assert.Equal($"{_folder.File("train-labels-idx1-ubyte.gz")} (unpacked): at byte 4: found 3 labels, expected one for each of the 2 images of {_folder.File("train-images-idx3-ubyte")}. Take both files from one source.", e.Message);
    }

    [Fact]
    public void A_label_without_class_is_refused()
    {
        var e = Assert.Throws<ParseException>(() => IdxFolder.Load(_folder.Path, "mine", classes: 5));
        Assert.Equal($"{_folder.File("train-labels-idx1-ubyte.gz")} (unpacked): at byte 8: found the label 9, expected one of the 5 classes 0 to 4. Pass the right number of classes.", e.Message);
    }

    [Fact]
    public void A_file_of_another_form_is_refused()
    {
        Put("train-images-idx3-ubyte", IdxFileTests.Idx(0x0C, [1], 0, 0, 0, 1));
        var e = Assert.Throws<ParseException>(() => IdxFolder.Load(_folder.Path));
        Assert.Equal($"{_folder.File("train-images-idx3-ubyte")}: at byte 2: found int32 [1], expected uint8 [N, H, W] with images of at least one pixel. Check that the file is the one its name says.", e.Message);
    }

    void Put(string name, byte[] bytes) => File.WriteAllBytes(_folder.File(name), bytes);
}
