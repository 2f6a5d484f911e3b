package dev.clap4j.fuzz.target;

import dev.clap4j.fuzz.mutation.Input;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** SentencePiece models, and the files beside them that say how they are used. */
final class SentencePieceModels {
    private static final int UNIGRAM = 1;
    private static final int BPE = 2;

    private SentencePieceModels() {}

    /** Returns unigram models as of SigLIP, T5 and XLM-R. */
    static List<Input> unigram() {
        byte[] model = model(UNIGRAM, false);
        return List.of(
                folder("spiece.model", model, "SiglipTokenizer"),
                folder("spiece.model", model, "T5Tokenizer"),
                folder("sentencepiece.bpe.model", model, "XLMRobertaTokenizer"));
    }

    /** Returns BPE models as of TIPS and Gemma. */
    static List<Input> bpe() {
        byte[] model = model(BPE, true);
        return List.of(
                folder("tokenizer.model", model, "Tipsv2Tokenizer"),
                folder("tokenizer.model", model, "GemmaTokenizer"));
    }

    private static Input folder(String name, byte[] model, String kind) {
        String config = "{\"tokenizer_class\": \"" + kind + "\", \"extra_ids\": 2, \"legacy\": false,"
                + " \"do_lower_case\": true, \"eos_token\": \"</s>\", \"pad_token\": \"<pad>\", \"bos_token\": \"<s>\","
                + " \"model_max_length\": 64}";
        return Input.of(name, model).with("tokenizer_config.json", config.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a model with either a map of characters, or bytes and a text that is never split. */
    private static byte[] model(int algorithm, boolean bytes) {
        Message root = new Message();
        root.add(1, piece("<unk>", 0, 2)).add(1, piece("<s>", 0, 3)).add(1, piece("</s>", 0, 3));
        root.add(1, piece("<pad>", 0, 3));
        if (bytes) {
            root.add(1, piece("<user>", 0, 4));
        }
        List<String> normal = List.of(
                "\u2581",
                "a",
                "c",
                "t",
                "o",
                "g",
                "d",
                "\u2581a",
                "\u2581c",
                "at",
                "\u2581cat",
                "do",
                "og",
                "\u2581dog");
        for (int i = 0; i < normal.size(); i++) {
            root.add(1, piece(normal.get(i), -1 - i, 1));
        }
        for (int b = 0; bytes && b < 256; b++) {
            root.add(1, piece(String.format("<0x%02X>", b), 0, 6));
        }
        root.add(
                2,
                new Message()
                        .add(3, algorithm)
                        .add(35, bytes ? 1 : 0)
                        .add(42, 2)
                        .add(4, 30));
        root.add(
                3,
                bytes
                        ? new Message().add(3, 0).add(4, 0)
                        : new Message().add(2, map()).add(3, 1).add(4, 1));
        return root.bytes();
    }

    private static Message piece(String content, float score, int type) {
        return new Message()
                .add(1, content.getBytes(StandardCharsets.UTF_8))
                .add(2, score)
                .add(3, type);
    }

    /** Maps "A" to "a" and "AA" to "aa": a double-array trie whose nodes have 256 places each. */
    private static byte[] map() {
        int[] trie = new int[4 * 256];
        trie[0] = unit(0, 256, false, 0);
        trie[256 + 'A'] = unit('A', 512, true, 256 + 'A');
        trie[512] = 1 << 31;
        trie[512 + 'A'] = unit('A', 768, true, 512 + 'A');
        trie[768] = 1 << 31 | 2;
        byte[] replacements = "a\0aa\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer map =
                ByteBuffer.allocate(4 + 4 * trie.length + replacements.length).order(ByteOrder.LITTLE_ENDIAN);
        map.putInt(4 * trie.length);
        for (int unit : trie) {
            map.putInt(unit);
        }
        return map.put(replacements).array();
    }

    private static int unit(int label, int children, boolean isKey, int place) {
        return (place ^ children) << 10 | (isKey ? 1 << 8 : 0) | label;
    }

    /** A message in protobuf's wire format. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message add(int field, int number) {
            write(field << 3);
            write(number);
            return this;
        }

        Message add(int field, float number) {
            write(field << 3 | 5);
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(number)
                    .array());
            return this;
        }

        Message add(int field, byte[] bytes) {
            write(field << 3 | 2);
            write(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        Message add(int field, Message message) {
            return add(field, message.bytes());
        }

        private void write(int number) {
            int rest = number;
            while (rest >>> 7 != 0) {
                out.write((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            out.write(rest);
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
