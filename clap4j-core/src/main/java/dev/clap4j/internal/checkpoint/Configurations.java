package dev.clap4j.internal.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The configuration files of a checkpoint, which can be checked before its weights are there. */
public final class Configurations {
    private static final String OPEN_CLIP = "open_clip_config.json";

    /** The names of configuration files. */
    public static final List<String> NAMES = List.of(OPEN_CLIP, "config.json");

    private Configurations() {}

    /**
     * Checks that the configuration of a model is understood. A folder may have one in each layout, of which the weights
     * will need one; a file that describes no model counts as none.
     *
     * @param files the configuration files of a folder
     * @throws ClapException with the reason, if there are any and none is understood
     */
    public static void requireUnderstood(List<Path> files) {
        List<ClapException> reasons = new ArrayList<>();
        for (Path file : files) {
            try {
                if (isUnderstood(file)) {
                    return;
                }
            } catch (ClapException e) {
                reasons.add(e);
            }
        }
        if (!reasons.isEmpty()) {
            throw reasons.get(0);
        }
    }

    /**
     * Checks that a configuration in open_clip's layout is understood.
     *
     * @throws ClapException with the reason, if it is not
     */
    public static void requireUnderstood(ObjectNode openClip) {
        OpenClipConfig.readRoot(ConfigSection.of(Path.of(OPEN_CLIP), openClip));
    }

    /** Returns false if the file describes no model. */
    private static boolean isUnderstood(Path file) {
        ConfigSection root = ConfigSection.read(file);
        if (file.endsWith(OPEN_CLIP)) {
            OpenClipConfig.readRoot(root);
            return true;
        }
        if (!root.has("model_type")) {
            return false;
        }
        HuggingFaceConfig.read(root);
        return true;
    }
}
