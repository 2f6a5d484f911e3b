package dev.clap4j.internal.image;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Writes images as the model sees them: the pixels after resizing and cropping, before normalisation. */
public final class PreparedImages {
    /** The tensor's name in a safetensors file; the metadata entry {@code ids} is a JSON list of the images' ids. */
    public static final String TENSOR = "pixels";

    private static final String ENDING = ".png";

    private PreparedImages() {}

    /**
     * Writes all images as one tensor U8 {@code [n, 3, size, size]} of a safetensors file.
     *
     * @param images the files
     * @param ids the images' ids, stored in the metadata
     * @param loading options for preparing images; the type is always U8
     * @param progress receives the number of images done
     * @return images that were skipped because they cannot be decoded; all others are written
     * @throws ClapException if an image cannot be decoded, or the tensor would exceed 2 GiB
     */
    public static List<UnreadableImage> writeSafetensors(
            Path file,
            List<Path> images,
            Function<Path, String> ids,
            Preprocessing preprocessing,
            ImageLoading loading,
            Progress progress) {
        long imageBytes = 3L * preprocessing.size() * preprocessing.size();
        if (images.size() > Integer.MAX_VALUE / imageBytes) {
            throw new ClapException(
                    "The pixels of " + images.size() + " images do not fit into one tensor of 2 GiB; take at" + " most "
                            + Integer.MAX_VALUE / imageBytes + " at a time, or write PNG files into a folder");
        }
        Steps steps = Steps.begin(progress, "images", images.size());
        ByteBuffer pixels = TensorData.allocate(images.size() * imageBytes);
        ArrayNode names = new JsonMapper().createArrayNode();
        List<UnreadableImage> skipped;
        try (ImageBatches<Path> batches = ImageBatches.open(images, preprocessing, loading.withType(DataType.U8))) {
            while (batches.hasNext()) {
                ImageBatch<Path> batch = batches.next();
                pixels.put(batch.pixels().bytes());
                batch.images().forEach(image -> names.add(ids.apply(image)));
                steps.advance(batch.images().size());
            }
            skipped = ImageBatches.Skipped.files(batches.skipped());
        }
        steps.advance(skipped.size());
        requireSome(names.size(), skipped);
        long[] shape = {names.size(), 3, preprocessing.size(), preprocessing.size()};
        SafetensorsFile.write(
                file,
                Map.of("ids", names.toString(), "preprocessing", preprocessing.toString()),
                List.of(new TensorData(TENSOR, DataType.U8, shape, pixels.flip().slice())));
        return skipped;
    }

    private static void requireSome(int written, List<UnreadableImage> skipped) {
        if (written == 0) {
            throw new ClapException("None of the " + skipped.size() + " images can be decoded; nothing was written. "
                    + skipped.get(0).reason());
        }
    }

    /**
     * Writes each image as a PNG file in a folder, named by its id, with {@code .png} appended unless it ends so.
     *
     * @return images that were skipped because they cannot be decoded; all others are written
     * @throws ClapException if an image cannot be decoded, two would be written to the same file, or one to where it is
     *     read from
     */
    public static List<UnreadableImage> writePngs(
            Path folder,
            List<Path> images,
            Function<Path, String> ids,
            Preprocessing preprocessing,
            ImageLoading loading,
            Progress progress) {
        requireDistinct(folder, images, ids);
        Steps steps = Steps.begin(progress, "images", images.size());
        int written = 0;
        List<UnreadableImage> skipped;
        int size = preprocessing.size();
        byte[] planes = new byte[3 * size * size];
        try (ImageBatches<Path> batches = ImageBatches.open(images, preprocessing, loading.withType(DataType.U8))) {
            while (batches.hasNext()) {
                ImageBatch<Path> batch = batches.next();
                ByteBuffer pixels = batch.pixels().bytes();
                for (Path image : batch.images()) {
                    Path target = folder.resolve(pngName(ids.apply(image)));
                    pixels.get(planes);
                    ByteBuffer png = ByteBuffer.wrap(png(planes, size));
                    AtomicFiles.write(target, channel -> {
                        while (png.hasRemaining()) {
                            channel.write(png);
                        }
                    });
                }
                written += batch.images().size();
                steps.advance(batch.images().size());
            }
            skipped = ImageBatches.Skipped.files(batches.skipped());
        }
        steps.advance(skipped.size());
        requireSome(written, skipped);
        return skipped;
    }

    private static String pngName(String id) {
        return id.toLowerCase(Locale.ROOT).endsWith(ENDING) ? id : id + ENDING;
    }

    private static void requireDistinct(Path folder, List<Path> images, Function<Path, String> ids) {
        Map<String, Path> targets = new HashMap<>();
        for (Path image : images) {
            String name = pngName(ids.apply(image));
            Path other = targets.putIfAbsent(name.toLowerCase(Locale.ROOT), image);
            if (other != null) {
                throw new ClapException(other + " and " + image + " would both be written to " + folder.resolve(name)
                        + "; write them to different folders");
            }
            if (isSame(folder.resolve(name), image)) {
                throw new ClapException(
                        image + " would be replaced by what the model sees of it; write to another folder");
            }
        }
    }

    private static boolean isSame(Path target, Path image) {
        try {
            return Files.exists(target) && Files.isSameFile(target, image);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + target + ": " + IoReasons.of(e), e);
        }
    }

    private static byte[] png(byte[] planes, int size) {
        int plane = size * size;
        byte[] rgb = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = planes[c * plane + i];
            }
        }
        return PngEncoder.encode(Bitmap.of(PixelMode.RGB, size, size, rgb));
    }
}
