package dev.clap4j.cli;

import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.PreparedImages;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.FolderLock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap preprocess}: what a model sees of images. */
@Command(
        name = "preprocess",
        description = {
            "Write images as the model sees them.",
            "The pixels are those after resizing and cropping, before normalisation: a tensor \"pixels\" of"
                    + " bytes [n, 3, h, w] in a .safetensors file, or PNG files in a folder."
        },
        mixinStandardHelpOptions = true)
final class PreprocessCommand implements Runnable {
    @Mixin
    private CheckpointOption model;

    @Option(
            names = "--images",
            required = true,
            arity = "1..*",
            paramLabel = "DIR|FILE",
            description = "Image files, or folders with images in them at any depth.")
    private List<Path> images;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE|DIR",
            description = "A file that ends with .safetensors, or a folder for PNG files.")
    private Path out;

    @Mixin
    private UnreadableOption unreadable;

    @Option(
            names = "--apply-orientation",
            description = "Turn JPEG images as their EXIF data say; the reference does not.")
    private boolean applyOrientation;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            description = "Refuse images with more pixels than this (default: 178956970).")
    private Long maxPixels;

    @Mixin
    private Output output;

    private record Written(int images, int skipped, int size, String preprocessing, String out) {}

    @Override
    public void run() {
        DecodeOptions decoding = WrongUse.checking(this::decoding);
        PrintWriter err = output.err();
        Preprocessing preprocessing = ClipImageModel.preprocessing(model.open(err));
        Map<Path, String> ids = ImageArguments.ids(images, err);
        List<UnreadableImage> skipped;
        try (ProgressBar progress = ProgressBar.open()) {
            ImageLoading loading = ImageLoading.defaults()
                    .withSkipUnreadable(unreadable.isSkipped())
                    .withDecoding(decoding);
            skipped = write(ids, preprocessing, loading, progress);
        }
        unreadable.images().add(skipped, err, ids.size());
        Written written = new Written(
                ids.size() - skipped.size(),
                skipped.size(),
                preprocessing.size(),
                preprocessing.toString(),
                out.toString());
        unreadable.print(output, written, preprocessing + System.lineSeparator() + written.images + " images → " + out);
    }

    private DecodeOptions decoding() {
        DecodeOptions decoding = DecodeOptions.defaults().withOrientation(applyOrientation);
        return maxPixels == null ? decoding : decoding.withMaxPixels(maxPixels);
    }

    private List<UnreadableImage> write(
            Map<Path, String> ids, Preprocessing preprocessing, ImageLoading loading, Progress progress) {
        List<Path> files = List.copyOf(ids.keySet());
        if (out.toString().endsWith(".safetensors")) {
            return PreparedImages.writeSafetensors(out, files, ids::get, preprocessing, loading, progress);
        }
        List<UnreadableImage> skipped = new ArrayList<>();
        FolderLock.holding(
                out,
                () -> skipped.addAll(PreparedImages.writePngs(out, files, ids::get, preprocessing, loading, progress)));
        return skipped;
    }
}
