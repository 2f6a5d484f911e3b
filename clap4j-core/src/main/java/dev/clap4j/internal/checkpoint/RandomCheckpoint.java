package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.nn.ClipArchitecture;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Writes untrained checkpoints of real architectures, for trials and timings without a download. Their features are
 * meaningless.
 */
public final class RandomCheckpoint {
    private RandomCheckpoint() {}

    /**
     * Writes a folder with F32 weights as at the start of training, in open_clip's layout or that of the model's family;
     * the same seed gives the same files.
     *
     * @param architecture a name known to {@link Architectures}
     * @param seed any number
     * @param vocabulary OpenAI's merges file, compressed or not, or a {@code tokenizer.json}; copied into the folder
     * @param folder created if necessary
     * @throws ClapException if there is no such architecture, the vocabulary is invalid, or the folder holds other
     *     files
     */
    public static void write(String architecture, long seed, Optional<Path> vocabulary, Path folder) {
        ClipArchitecture geometry = Architectures.named(architecture);
        Optional<VocabularyFile> vocabularyFile = vocabulary.map(VocabularyFile::read);
        OpenClipFolder written = new OpenClipFolder(folder);
        written.requireOwn();
        vocabularyFile.ifPresent(file -> file.copyInto(folder));
        Map<String, String> metadata = Map.of("description", "untrained " + architecture + ", seed " + seed);
        Optional<FamilyArchitecture> family = Architectures.family(architecture);
        if (family.isPresent()) {
            family.get().write(folder, seed, metadata);
            return;
        }
        Initialization initialization = new Initialization(geometry, seed);
        written.write(geometry, DataType.F32, initialization::draw, metadata);
    }
}
