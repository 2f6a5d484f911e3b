package dev.clap4j.internal.image;

import dev.clap4j.BadFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Preprocessing configurations that cannot be followed by a model of 224 pixels, with the message of each. */
public final class BadPreprocessing {
    private final Path root;
    private final List<BadFile> all = new ArrayList<>();

    private BadPreprocessing(Path root) {
        this.root = root;
    }

    /** Writes all of them, each in a folder of its own below {@code dir}. */
    public static List<BadFile> all(Path dir) {
        BadPreprocessing bad = new BadPreprocessing(dir);
        try {
            bad.broken();
            bad.huggingFace();
            bad.openClip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(bad.all);
    }

    private void broken() throws IOException {
        Path file = write("preprocessor_config.json", "{'size': 224,\n 'crop_size':");
        add(
                "half a file",
                file,
                "Cannot read " + file + " as JSON: at line 2, column 14: Unexpected end-of-input within/between Object"
                        + " entries");
        file = write("preprocessor_config.json", "{'image_mean': " + "[".repeat(2000));
        add(
                "nested too deep",
                file,
                "Cannot read " + file + " as JSON: Document nesting depth (1001) exceeds"
                        + " the maximum allowed (1000)");
        file = write("preprocessor_config.json", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n");
        add(
                "a git-lfs pointer",
                file,
                "Cannot read " + file + " as JSON: it is a git-lfs pointer to a file that was not"
                        + " downloaded; run \"git lfs pull\" where it is from");
        file = write("preprocessor_config.json", "[224]");
        add("a list", file, "Cannot use " + file + ": it should hold a JSON object");
    }

    private void huggingFace() throws IOException {
        unsupported(
                "another kind of processor",
                "{'image_processor_type': 'DetrImageProcessor', 'size': 224}",
                "a DetrImageProcessor; the image processors of CLIP, SigLIP and ViT are supported");
        unsupported("no filter of Pillow's", "{'resample': 9}", "resample 9; the codes of Pillow's filters are 0 to 5");
        unsupported(
                "a scale in words",
                "{'rescale_factor': '1/255'}",
                "rescale_factor \"1/255\"; a number above 0 was expected");
        unsupported(
                "patches of images of any shape",
                "{'image_processor_type': 'Siglip2ImageProcessor', 'max_num_patches': 256}",
                "a Siglip2ImageProcessor, which cuts images of any shape into patches; the model takes square images");
        unsupported("a step that is not known", "{'do_pad': true, 'pad_size': null}", "do_pad true, which is unknown");
        unsupported("a code in words", "{'resample': 'bicubic'}", "resample \"bicubic\"; a whole number was expected");
        unsupported(
                "no crop",
                "{'size': {'shortest_edge': 224}, 'do_center_crop': false}",
                "resizing the shortest edge without cropping; the model takes square images");
        unsupported(
                "neither resizing nor cropping",
                "{'do_resize': false, 'do_center_crop': false}",
                "neither resizing nor cropping; the model takes images of one size");
        unsupported(
                "an oblong crop",
                "{'crop_size': {'height': 224, 'width': 200}}",
                "crop_size {\"height\":224,\"width\":200}; the model takes square images");
        unsupported("a size in words", "{'size': 'large'}", "size \"large\"; a number of pixels was expected");
        unsupported(
                "two colours",
                "{'image_mean': [0.5, 0.5]}",
                "image_mean [0.5,0.5]; a number for each of three colours was" + " expected");
        unsupported(
                "colours by name",
                "{'image_mean': {'r': 0.5, 'g': 0.5, 'b': 0.5}}",
                "image_mean {\"r\":0.5,\"g\":0.5,\"b\":0.5}; a number for each of three colours was expected");
        unsupported(
                "a deviation that is none by 32-bit floats",
                "{'image_std': 1e-60}",
                "image_std 1.0E-60; a number for each of three colours was expected");
        unsupported("a flag in words", "{'do_resize': 'yes'}", "do_resize \"yes\"; true or false was expected");
        Path file = write("preprocessor_config.json", "{'crop_size': 336}");
        add(
                "of another model",
                file,
                "Cannot use " + file + ": its crop_size is 336, but the model takes images of 224×224"
                        + " pixels. Take the file from the same model");
    }

    private void openClip() throws IOException {
        openClip(
                "a resize mode",
                "{'resize_mode': 'crop'}",
                "resize_mode crop; shortest, longest and squash are supported");
        openClip(
                "an interpolation",
                "{'interpolation': 'nearest'}",
                "interpolation nearest; bicubic and bilinear are supported");
        openClip("an oblong size", "{'size': [20, 28]}", "size [20,28]; the model takes square images");
        openClip("a step that is not known", "{'crop_pct': 0.9}", "crop_pct 0.9, which is unknown");
        openClip(
                "a colour beyond white",
                "{'resize_mode': 'longest', 'fill_color': 256}",
                "fill_color 256; 0 to 255 was expected");
    }

    private void openClip(String name, String json, String what) throws IOException {
        Path file = write("open_clip_config.json", "{'preprocess_cfg': " + json + "}");
        add(name, file, "Cannot preprocess images as " + file + " says: it asks for " + what);
    }

    private void unsupported(String name, String json, String what) throws IOException {
        Path file = write("preprocessor_config.json", json);
        add(name, file, "Cannot preprocess images as " + file + " says: it asks for " + what);
    }

    /** Apostrophes stand for quotation marks. */
    private Path write(String name, String text) throws IOException {
        Path folder = Files.createDirectories(root.resolve("config-" + all.size()));
        return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    }

    private void add(String name, Path path, String message) {
        all.add(new BadFile(name, path, message));
    }
}
