using Ashlar.Data.Datasets;
using Ashlar.Data.Idx;
using Ashlar.Data.Images;
using Ashlar.Training;

namespace Ashlar.Cli;

/// <summary>Reads the one image that is to be classified.</summary>
static class InputImage
{
    /// <param name="path">A PNG file or an IDX file of uint8 [N, H, W], told apart by their first bytes.</param>
    /// <param name="index">Which image of an IDX file, from 0; null for the first.</param>
    /// <param name="form">What the classifier takes.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ParseException">The file is neither, or damaged.</exception>
    /// <exception cref="UsageException">A PNG file is given with an index, or the index names no image.</exception>
    public static ImageSet Read(string path, int? index, ImageForm form)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"predict: there is no file {path}. Pass a PNG picture or a file of IDX images.");
        }

        byte[] bytes = File.ReadAllBytes(path);
        return bytes switch
        {
            [0x89, 0x50, 0x4E, 0x47, ..] when index is not null => throw new UsageException($"predict: {path} is one picture, so --index {index} names none. Leave it out."),
            [0x89, 0x50, 0x4E, 0x47, ..] => form.Prepare(PngFile.Parse(bytes, path).ToGrey()),
            [0x1F, 0x8B, ..] or [0, 0, ..] => FromIdx(IdxFile.Parse(bytes, path), index ?? 0),
            _ => throw new ParseException(path, 0, "neither the beginning of a PNG nor of an IDX file", "one of them", "Save the picture as PNG."),
        };
    }

    static ImageSet FromIdx(IdxFile file, int index)
    {
        if (file.DType != DType.UInt8 || file.Shape.Rank != 3 || file.Shape.Size == 0)
        {
            throw new ParseException(file.Name, 2, $"{file.DType.Name} {file.Shape}", "uint8 [N, H, W], images", "Pass the file of images, not that of labels.");
        }

        int size = file.Shape[1] * file.Shape[2];
        return index < file.Shape[0]
            ? new ImageSet(file.Data[(index * size)..((index + 1) * size)], [0], 1, file.Shape[1], file.Shape[2])
            : throw new UsageException($"predict: --index is {index} and {file.Name} holds {file.Shape[0]} images. Pass 0 to {file.Shape[0] - 1}.");
    }
}
