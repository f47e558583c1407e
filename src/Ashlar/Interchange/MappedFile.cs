using System.IO.MemoryMappedFiles;

namespace Ashlar;

/// <summary>A part of a file read through the operating system's page cache.</summary>
static unsafe class MappedFile
{
    /// <summary>A tensor whose elements are the file's bytes. The file stays open until nothing refers to the tensor, and must not change meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Bytes before the first element.</param>
    /// <param name="shape">The extents; the caller has checked that the file is long enough.</param>
    /// <param name="type">The dtype.</param>
    public static Tensor Map(string path, long offset, Shape shape, DType type)
    {
        if (shape.Size == 0)
        {
            return Tensor.Zeros(shape, type);
        }

        long bytes = (long)shape.Size * type.ItemSize;
        MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(offset, bytes, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return Tensor.Wrap(start + view.PointerOffset, shape, type, () =>
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
        });
    }
}
