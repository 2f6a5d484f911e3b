package dev.clap4j.internal.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A LoRA adapter's {@code adapter_config.json}, as PEFT writes it: how strongly each module's two matrices act.
 *
 * @param path the file, for messages
 * @param rank of the modules that {@code ranks} does not name
 * @param alpha of the modules that {@code alphas} does not name
 * @param ranks by the name of a module, or the end of one
 * @param alphas by the name of a module, or the end of one
 * @param rankStabilised whether the rank enters by its square root (rsLoRA, Kalajdzievski 2023)
 */
record AdapterConfig(
        Path path,
        double rank,
        double alpha,
        Map<String, Double> ranks,
        Map<String, Double> alphas,
        boolean rankStabilised) {
    private static final double DEFAULT_RANK = 8;
    private static final double DEFAULT_ALPHA = 8;

    /** Variants of LoRA that compute something else, and the values under which they are off. */
    private static final Map<String, String> NEUTRAL = Map.ofEntries(
            Map.entry("peft_type", "\"LORA\""),
            Map.entry("use_dora", "false"),
            Map.entry("use_qalora", "false"),
            Map.entry("use_bdlora", "false"),
            Map.entry("loftq_config", "{}"),
            Map.entry("eva_config", "null"),
            Map.entry("corda_config", "null"),
            Map.entry("lora_ga_config", "null"),
            Map.entry("velora_config", "null"),
            Map.entry("monteclora_config", "null"),
            Map.entry("kasa_config", "null"),
            Map.entry("arrow_config", "null"),
            Map.entry("alora_invocation_tokens", "null"),
            Map.entry("layer_replication", "null"),
            Map.entry("target_parameters", "null"),
            Map.entry("trainable_token_indices", "null"));

    /** Beginnings of training that leave the model's own weights as they are; others change them first. */
    private static final Set<String> INITIAL = Set.of("true", "false", "\"gaussian\"", "\"orthogonal\"", "\"eva\"");

    /**
     * Keys that say what was trained, which the adapter's tensors say themselves, or that only matter in training. Linear
     * layers have no other orientation, so {@code fan_in_fan_out} is passed over by PEFT, too.
     */
    private static final Set<String> HARMLESS = Set.of(
            "auto_mapping",
            "base_model_name_or_path",
            "bias",
            "ensure_weight_tying",
            "exclude_modules",
            "fan_in_fan_out",
            "inference_mode",
            "layers_pattern",
            "layers_to_transform",
            "lora_bias",
            "lora_dropout",
            "megatron_config",
            "megatron_core",
            "modules_to_save",
            "peft_version",
            "qalora_group_size",
            "revision",
            "runtime_config",
            "target_modules",
            "task_type");

    /**
     * Reads it.
     *
     * @throws ClapException if it is of another kind of adapter, or has a key that is not known
     */
    static AdapterConfig read(Path path) {
        ConfigSection config = ConfigSection.read(path);
        if (!config.has("peft_type")) {
            throw new ClapException(
                    path + " has no peft_type; expected \"LORA\", the only kind of adapter that is" + " supported");
        }
        config.require(NEUTRAL);
        JsonNode initial = config.value("init_lora_weights");
        if (!initial.isMissingNode() && !INITIAL.contains(initial.toString())) {
            throw config.unexpected(
                    "init_lora_weights",
                    "one of " + INITIAL + "; others change the model's own weights, so merge the adapter in Python");
        }
        AdapterConfig read = new AdapterConfig(
                path,
                config.number("r", DEFAULT_RANK),
                config.number("lora_alpha", DEFAULT_ALPHA),
                pattern(config, "rank_pattern"),
                pattern(config, "alpha_pattern"),
                config.flag("use_rslora"));
        config.requireNothingElse(HARMLESS);
        return read;
    }

    private static Map<String, Double> pattern(ConfigSection config, String key) {
        ConfigSection section = config.section(key);
        Map<String, Double> pattern = new LinkedHashMap<>();
        for (String name : section.keys()) {
            if (!name.matches("[\\w.]+")) {
                throw config.unexpected(key, "names of modules; regular expressions are not supported");
            }
            pattern.put(name, section.number(name, 0));
        }
        return pattern;
    }

    /**
     * The factor on a module's product B·A.
     *
     * @param found the number of rows of A
     * @throws ClapException if the configuration gives the module another rank
     */
    float scaling(String module, long found) {
        double expected = of(ranks, module, rank);
        if (found != expected) {
            throw new ClapException(path + " gives the module " + module + " the rank " + expected
                    + ", but its matrix in the adapter has the rank " + found);
        }
        return (float) (of(alphas, module, alpha) / (rankStabilised ? Math.sqrt(expected) : expected));
    }

    /** Of the first pattern that the module, or the end of its name, is; a dot stands for any one character. */
    private static double of(Map<String, Double> pattern, String module, double otherwise) {
        return pattern.entrySet().stream()
                .filter(entry -> isEnd(entry.getKey(), module))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean isEnd(String pattern, String module) {
        int start = module.length() - pattern.length();
        if (start < 0 || (start > 0 && module.charAt(start - 1) != '.')) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '.' && pattern.charAt(i) != module.charAt(start + i)) {
                return false;
            }
        }
        return true;
    }
}
