package dev.clap4j.training;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.run.Steps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An encoder that encodes every text without noise once, whoever asks for it first. Texts that are prepared have the same
 * features whatever the order in which they are asked for. Safe for several threads.
 */
public final class SharedTexts implements PromptEncoder {
    private final PromptEncoder encoder;
    private final Map<String, float[]> known = new HashMap<>();

    /** Shares what an encoder does. */
    public SharedTexts(PromptEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public String tokenizerFingerprint() {
        return encoder.tokenizerFingerprint();
    }

    @Override
    public int embedDim() {
        return encoder.embedDim();
    }

    @Override
    public int contextWidth() {
        return encoder.contextWidth();
    }

    /** The texts that are not known yet, each once. */
    public synchronized List<String> unknown(Collection<String> texts) {
        Set<String> distinct = new LinkedHashSet<>(texts);
        distinct.removeAll(known.keySet());
        return new ArrayList<>(distinct);
    }

    @Override
    public synchronized FeatureMatrix encode(List<String> texts, Steps steps) {
        List<String> missing = unknown(texts);
        if (!missing.isEmpty()) {
            FeatureMatrix encoded = encoder.encode(missing, steps);
            for (int i = 0; i < missing.size(); i++) {
                known.put(missing.get(i), encoded.row(i));
            }
        }
        steps.advance(texts.size() - missing.size());
        return FeatureMatrix.ofRows(
                texts, embedDim(), texts.stream().map(known::get).toList());
    }

    @Override
    public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
        return encoder.encodeWithContext(texts, steps);
    }
}
