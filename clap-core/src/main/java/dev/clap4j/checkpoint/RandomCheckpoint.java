package dev.clap4j.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.io.AtomicFiles;
import dev.clap4j.io.DataType;
import dev.clap4j.io.SafetensorsFile;
import dev.clap4j.io.TensorInfo;
import dev.clap4j.nn.Activation;
import dev.clap4j.nn.ClipArchitecture;
import dev.clap4j.nn.ModifiedResNet;
import dev.clap4j.nn.TextTransformer;
import dev.clap4j.nn.VisionTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes untrained checkpoints of real geometry, to try and to time things without a download. Their features tell
 * nothing about images or texts.
 */
public final class RandomCheckpoint {
    private static final String WEIGHTS = "open_clip_model.safetensors";
    private static final String CONFIG = "open_clip_config.json";
    private static final double[] MEAN = {0.48145466, 0.4578275, 0.40821073};
    private static final double[] DEVIATION = {0.26862954, 0.26130258, 0.27577711};

    private RandomCheckpoint() {}

    /**
     * Writes a folder in open_clip's layout: weights as CLIP's training starts with, F32; the same seed gives the same
     * files.
     *
     * @param architecture a name that {@link Architectures} knows
     * @param seed any number
     * @param vocabulary OpenAI's merges file, compressed or not, or a {@code tokenizer.json}; copied into the folder
     * @param folder made if it is not there
     * @throws ClapException if there is no such architecture, the vocabulary is none, or the folder holds other files
     */
    public static void write(String architecture, long seed, Optional<Path> vocabulary, Path folder) {
        ClipArchitecture geometry = Architectures.named(architecture);
        Optional<VocabularyFile> vocabularyFile = vocabulary.map(VocabularyFile::read);
        requireOwnFolder(folder);
        vocabularyFile.ifPresent(file -> file.copyInto(folder));
        AtomicFiles.writeString(folder.resolve(CONFIG), config(geometry) + System.lineSeparator());
        writeWeights(geometry, seed, architecture, folder.resolve(WEIGHTS));
    }

    /** Another checkpoint in the folder could be taken for this one. */
    private static void requireOwnFolder(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        Set<String> own = Set.of(WEIGHTS, CONFIG, VocabularyFile.MERGES, VocabularyFile.TOKENIZER);
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !own.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new ClapException("The folder " + folder + " holds other files already, such as " + name
                                + "; choose a new or empty folder");
                    });
        } catch (IOException e) {
            throw new ClapException(folder + " cannot be written into: it is no folder that can be read", e);
        }
    }

    private static void writeWeights(ClipArchitecture architecture, long seed, String name, Path path) {
        List<TensorInfo> tensors = new ArrayList<>();
        Map<String, Integer> positions = new HashMap<>();
        architecture.shapes().asMap().forEach((tensor, shape) -> {
            positions.put(tensor, tensors.size());
            tensors.add(new TensorInfo(tensor, DataType.F32, shape));
        });
        Initialization initialization = new Initialization(architecture, seed);
        Map<String, String> metadata = Map.of("format", "pt", "description", "untrained " + name + ", seed " + seed);
        SafetensorsFile.write(
                path, metadata, tensors, tensor -> initialization.draw(tensor, positions.get(tensor.name())));
    }

    private static String config(ClipArchitecture architecture) {
        ObjectNode root = new JsonMapper().createObjectNode();
        TextTransformer text = architecture.text();
        ObjectNode model = root.putObject("model_cfg")
                .put("embed_dim", architecture.embedDim())
                .put("quick_gelu", text.activation() == Activation.QUICK_GELU);
        ObjectNode vision = model.putObject("vision_cfg")
                .put("image_size", architecture.vision().imageSize());
        if (architecture.vision() instanceof ModifiedResNet residual) {
            residual.blocks().forEach(vision.putArray("layers")::add);
            vision.put("width", residual.width());
        } else if (architecture.vision() instanceof VisionTransformer transformer) {
            vision.put("layers", transformer.layers())
                    .put("width", transformer.width())
                    .put("patch_size", transformer.patchSize());
        }
        model.putObject("text_cfg")
                .put("context_length", text.contextLength())
                .put("vocab_size", text.vocabSize())
                .put("width", text.width())
                .put("heads", text.heads())
                .put("layers", text.layers());
        ObjectNode preprocessing = root.putObject("preprocess_cfg");
        for (int channel = 0; channel < MEAN.length; channel++) {
            preprocessing.withArray("mean").add(MEAN[channel]);
            preprocessing.withArray("std").add(DEVIATION[channel]);
        }
        return root.toPrettyString();
    }
}
