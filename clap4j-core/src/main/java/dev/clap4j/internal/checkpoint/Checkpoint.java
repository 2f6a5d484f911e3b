package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.OpenedFiles;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.io.UnwrappedFile;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.tokenizer.TokenizerReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A CLIP checkpoint, whatever its layout and kind of file: its geometry, and its weights under OpenAI's names.
 *
 * <p>Known are OpenAI's files, Hugging Face's {@code CLIPModel} folders and open_clip's folders, as safetensors (in
 * shards too) and as PyTorch archives, and any weights file of these layouts by itself. Weights stay in the mapped files
 * until they are asked for.
 */
public final class Checkpoint {
    /** CLIP's authors keep the scale at 100 or less. */
    private static final int LARGEST_SCALE = 10_000;

    /** What is remembered, and in which version. */
    private static final String FINGERPRINT = "clip fingerprint 2: ";

    private final Path folder;
    private final TensorFile file;
    private final Layout layout;
    private final Path config; // null if there is none
    private final ModelConfig model;
    private final CheckpointWeights weights;
    private final OpenedFiles opened;
    private String fingerprint;

    private Checkpoint(Path folder, TensorFile file, Naming naming, Path config, GeometryHints hints) {
        this.folder = folder;
        this.file = file;
        this.opened = OpenedFiles.of(file.files());
        this.config = config;
        this.layout = layout(naming, config);
        this.model = model(naming, hints);
        this.weights = CheckpointWeights.of(file, naming, model);
    }

    /**
     * Opens a checkpoint and checks its tensors' names, types and shapes against the geometry.
     *
     * @param path a file of weights, or a folder that holds one; the configuration is looked for beside the weights, and
     *     an adapter (LoRA), which is merged into them
     * @throws ClapException if it is no CLIP checkpoint that can be used, saying which file and tensor is at fault
     */
    public static Checkpoint open(Path path) {
        return open(path, GeometryHints.NONE);
    }

    /**
     * Opens a checkpoint as {@link #open(Path)} does.
     *
     * @param hints of what weights without a configuration cannot say
     * @throws ClapException if it cannot be used, or there is a configuration that says otherwise than the hints
     */
    public static Checkpoint open(Path path, GeometryHints hints) {
        Path weights = CheckpointFiles.weights(path);
        Path parent = weights.getParent();
        Path folder = parent == null ? Path.of(".") : parent;
        TensorFile file = AdaptedFile.of(UnwrappedFile.of(TensorFile.open(weights), Naming.LANDMARKS), folder);
        Naming naming = Naming.of(file.names()).orElseThrow(() -> unknownLayout(file));
        Optional<Path> config = CheckpointFiles.find(folder, naming.configuration());
        return new Checkpoint(folder, file, naming, config.orElse(null), hints);
    }

    private ModelConfig model(Naming naming, GeometryHints hints) {
        if (config == null) {
            return WeightGeometry.read(file, naming, hints);
        }
        ModelConfig read = layout == Layout.HUGGING_FACE ? HuggingFaceConfig.read(config) : OpenClipConfig.read(config);
        hints.requireAgreement(read.architecture(), config);
        return read;
    }

    private static Layout layout(Naming naming, Path config) {
        if (naming == Naming.HUGGING_FACE) {
            return Layout.HUGGING_FACE;
        }
        return naming == Naming.OPEN_CLIP_CUSTOM_TEXT || config != null ? Layout.OPEN_CLIP : Layout.OPENAI;
    }

    private static ClapException unknownLayout(TensorFile file) {
        return new ClapException(file.path() + " is no CLIP checkpoint: its tensors are " + Names.preview(file.names())
                + "; expected the names of OpenAI or open_clip (visual.conv1.weight, token_embedding.weight, …) or of"
                + " Hugging Face's CLIPModel (vision_model.*, text_model.*)");
    }

    /** The geometry of both towers. */
    public ClipArchitecture architecture() {
        return model.architecture();
    }

    /**
     * The weights under OpenAI's names, those of {@link ClipArchitecture#shapes()}, in the precision in which they are
     * stored. Every tensor's values are checked before it is first handed out.
     *
     * <p>Reading one throws {@link ClapException} if a value of it is NaN or infinite.
     *
     * @throws ClapException as {@link #requireUnchanged}
     */
    public TensorSource weights() {
        requireUnchanged();
        return weights;
    }

    /**
     * Reads every weight once.
     *
     * @throws ClapException if a value is NaN or infinite, or the logit scale is none
     */
    public void verify() {
        weights.names().forEach(weights::get);
        logitScale();
    }

    /**
     * Makes sure that the files are still those that were opened; models do so before they compute.
     *
     * @throws ClapException if one of them was written in place since; replacing it by another file is no harm
     */
    public void requireUnchanged() {
        opened.requireUnchanged();
    }

    /** Where texts end among their token ids. */
    public EndOfText endOfText() {
        return model.endOfText();
    }

    /**
     * The logarithm of what cosines are multiplied with to become logits: the tensor {@code logit_scale} as stored.
     *
     * @throws ClapException if that factor could be no model's: below 1/{@value #LARGEST_SCALE} or above {@value #LARGEST_SCALE}
     */
    public float logitScale() {
        float scale = weights.get("logit_scale").toFloats()[0];
        if (Math.abs(scale) > Math.log(LARGEST_SCALE)) {
            throw new ClapException(
                    "The tensor logit_scale in " + file.path() + " is " + scale
                            + ", the logarithm of what cosines are multiplied with; CLIP's is at most 4.6052, the logarithm of 100");
        }
        return scale;
    }

    /** What cosines are multiplied with to become logits, about 100 for trained models. */
    public float expLogitScale() {
        return (float) Math.exp(logitScale());
    }

    /**
     * Identifies the model: 32 hexadecimal digits, the same for the same weights and geometry in any layout and in any
     * precision that rounds to the same 16-bit floats. Every value of every tensor enters into it. That takes about a
     * second for a gigabyte, once: it is remembered in the user's cache as long as the files stay as they are.
     *
     * @throws ClapException if a value is NaN or infinite, or a file changes meanwhile
     */
    public synchronized String fingerprint() {
        if (fingerprint == null) {
            fingerprint = FileDigests.ofUser()
                    .of(
                            files(),
                            FINGERPRINT + Fingerprint.describe(model.architecture()),
                            () -> Fingerprint.of(model.architecture(), weights));
        }
        return fingerprint;
    }

    /**
     * Identifies all that features depend on, to the bit: 32 hexadecimal digits of the content of all files, and of what is
     * known beside them. The same model in another layout or precision has another one. Remembered as the fingerprint is.
     *
     * @throws ClapException if a file changes meanwhile
     */
    public String contentDigest() {
        FileDigests digests = FileDigests.ofUser();
        return Digests.of(Fingerprint.describe(model.architecture()) + " " + model.endOfText() + " "
                + files().stream().map(digests::of).collect(Collectors.joining(" ")));
    }

    /**
     * Whether earlier versions of this library called the model so. They looked at no more than 16 elements of every tensor,
     * so another model can have the same name.
     */
    public boolean wasCalled(String earlierFingerprint) {
        return SampledFingerprint.of(model.architecture(), weights).equals(earlierFingerprint);
    }

    /** The layout that was found. */
    public Layout layout() {
        return layout;
    }

    /** The folder of the weights, where a tokenizer would be. */
    public Path folder() {
        return folder;
    }

    /** The files that were read: the weights, all shards of them, an adapter's, and the configuration. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(file.files());
        if (!files.contains(file.path())) {
            files.add(0, file.path());
        }
        config().ifPresent(files::add);
        return Collections.unmodifiableList(files);
    }

    /** Name, shape and stored type of every weight. */
    public List<TensorInfo> tensors() {
        return Collections.unmodifiableList(weights.infos());
    }

    /** The number of trainable parameters; the running statistics of batch normalisation are none. */
    public long parameters() {
        return weights.infos().stream()
                .filter(tensor -> !tensor.name().contains(".running_"))
                .mapToLong(TensorInfo::elements)
                .sum();
    }

    /** The configuration beside the weights, if they are of a layout that has one and it is there. */
    public Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    /** The file that says how images are prepared: the layout's own, or another that lies beside the weights. */
    public Optional<Path> preprocessorConfig() {
        Stream<String> names = layout == Layout.OPEN_CLIP
                ? Stream.of("open_clip_config.json", "preprocessor_config.json", "processor_config.json")
                : Stream.of("preprocessor_config.json", "processor_config.json", "open_clip_config.json");
        return names.flatMap(name -> CheckpointFiles.find(folder, name).stream())
                .findFirst();
    }

    /**
     * Whose token ids the model takes: those of its layout's reference implementation, as the configuration sets it.
     *
     * @throws ClapException if the configuration asks for something that is not supported
     */
    public TokenizerReference tokenizerReference() {
        return switch (layout) {
            case OPENAI -> TokenizerReference.OPEN_AI;
            case HUGGING_FACE -> TokenizerReference.HUGGING_FACE;
            case OPEN_CLIP ->
                config == null ? TokenizerReference.openClip(Optional.empty(), false) : OpenClipTokenizer.read(config);
        };
    }

    /** The files of the tokenizer beside the weights; empty if there is none. */
    public List<Path> tokenizerFiles() {
        return CheckpointFiles.tokenizer(folder);
    }
}
