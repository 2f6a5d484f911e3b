package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers of published models that can be computed without a picture: the sizes of OpenAI's models and the hashes of
 * their files (the addresses in openai/CLIP), and the bound of the logit scale (Radford et al. 2021, section 2.5).
 */
public final class PublishedNumbers {
    private static final double LARGEST_SCALE = 100;

    /** The bound is one of the logarithm, which is stored as a float, in half precision at worst. */
    private static final double ROUNDING = 1.01;

    private static final Map<String, Model> OPENAI = Map.of(
            "ViT-B/32", new Model(151_277_313, "40d365715913c9da98579312b702a82c18be219cc2a73407c4526f58eba950af"),
            "ViT-B/16", new Model(149_620_737, "5806e77cd80f8b59890b7e101eabd078d9fb84e6937f9e85e4ecb61988df416f"),
            "ViT-L/14", new Model(427_616_513, "b8cca3fd41ae0c99ba7e8951adf17d267cdb84cd88be6f7c2e0eca1737a03836"),
            "ViT-L/14@336px",
                    new Model(427_944_193, "3035c92b350959924f9f00213499208652fc7ea050643e8b385c2dac08641f02"),
            "RN50", new Model(102_007_137, "afeb0e10f9e5a86da6080e35cf09123aca3b358a0c3e3b6c78a7b63bc04b6762"),
            "RN101", new Model(119_688_033, "8fa8567bab74a42d41c5915025a8e4538c3bdbe8804a470a72f30b0d94fab599"),
            "RN50x4", new Model(178_300_601, "7e526bd135e493cef0776de27d5f42653e6b4c8bf9e0f653bb11773263205fdd"),
            "RN50x16", new Model(290_979_217, "52378b407f34354e150460fe41077663dd5b39c54cd0bfd2b27167a4a06ec9aa"),
            "RN50x64", new Model(623_258_305, "be1cfb55d75a9666199fb2206c106743da0f6468c9d327f3e0d0a543a9919d9c"));

    private PublishedNumbers() {}

    private record Model(long parameters, String sha256) {}

    /**
     * A number of a checkpoint.
     *
     * @param name the name of the number
     * @param found its value
     * @param published the published value, or its bound
     * @param agrees whether the two agree
     */
    public record Check(String name, String found, String published, boolean agrees) {}

    /** Returns the number of parameters of one of OpenAI's models; empty for others. */
    static Optional<Long> parameters(String architecture) {
        return Optional.ofNullable(OPENAI.get(architecture)).map(Model::parameters);
    }

    /**
     * Reads a checkpoint, all of it, and returns those numbers of it that are published.
     *
     * @throws ClapException if a value is NaN or infinite, or the file cannot be read
     */
    public static List<Check> of(Checkpoint checkpoint) {
        checkpoint.verify();
        List<Check> checks = new ArrayList<>();
        Optional<Model> model = Architectures.nameOf(checkpoint.architecture()).map(OPENAI::get);
        model.ifPresent(known -> checks.add(new Check(
                "parameters",
                grouped(checkpoint.parameters()),
                grouped(known.parameters),
                checkpoint.parameters() == known.parameters)));
        if (checkpoint.logitBias().isEmpty()) {
            float scale = checkpoint.expLogitScale();
            checks.add(new Check(
                    "logit scale",
                    String.format(Locale.ROOT, "%.2f", scale),
                    "at most 100",
                    scale <= LARGEST_SCALE * ROUNDING));
        }
        if (checkpoint.layout() == Layout.OPENAI) {
            model.ifPresent(known -> checks.add(ofFile(checkpoint.files().get(0), known.sha256)));
        }
        return checks;
    }

    /** Compares the hash of a file. */
    static Check ofFile(Path file, String published) {
        String found = sha256(file);
        return new Check("SHA-256", found, published, found.equals(published));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file);
                DigestOutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), Digests.sha256())) {
            in.transferTo(digest);
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }
}
