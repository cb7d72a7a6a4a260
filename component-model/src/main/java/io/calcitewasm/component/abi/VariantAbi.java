package io.calcitewasm.component.abi;

import io.calcitewasm.component.model.CanonicalSizes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code variant}, {@code option} and {@code result} (CanonicalABI.md, {@code load_variant}, {@code
 * store_variant}, {@code lift_flat_variant}, {@code lower_flat_variant}). Coercion between a case's
 * core types and the joined ones needs no code: see {@link
 * io.calcitewasm.component.core.CoreFunction}.
 */
final class VariantAbi extends AbiType {
  private final VariantForm form;
  private final @Nullable AbiType[] payloads;
  private final String[] steps;
  private final int discriminantSize;
  private final int payloadOffset;

  /**
   * A variant.
   *
   * @param payloads per case the payload's type, null where the case has none
   * @param steps how messages name each case: {@code .ok}
   */
  VariantAbi(VariantForm form, List<@Nullable AbiType> payloads, List<String> steps) {
    super(Layout.variant(payloads.size(), present(payloads)));
    this.form = form;
    this.payloads = payloads.toArray(AbiType[]::new);
    this.steps = steps.toArray(String[]::new);
    this.discriminantSize = CanonicalSizes.discriminant(payloads.size());
    this.payloadOffset = Layout.payloadOffset(payloads.size(), present(payloads));
  }

  private static List<AbiType> present(List<@Nullable AbiType> payloads) {
    return payloads.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }

  @Override
  void forms(int offset, FormList into) {
    into.count(payloads.length);
    List<List<MemoryForm>> cases = new ArrayList<>();
    for (AbiType payload : payloads) {
      FormList forms = into.part();
      if (payload != null) {
        payload.forms(offset + payloadOffset, forms);
      }
      cases.add(forms.all());
    }
    into.add(new MemoryForm.Choice(offset, discriminantSize, cases, layout().flat().types()));
  }

  @Override
  Object load(LiftLowerContext cx, byte[] block, int at) {
    int caseIndex =
        Discriminant.checked(Discriminant.load(block, at, discriminantSize), payloads.length);
    AbiType payload = payloads[caseIndex];
    if (payload == null) {
      return form.make(caseIndex, null);
    }
    try {
      return form.make(caseIndex, payload.load(cx, block, at + payloadOffset));
    } catch (AbiFault e) {
      throw e.under(steps[caseIndex]);
    }
  }

  @Override
  Object liftFlat(LiftLowerContext cx, long[] flat, int at) {
    int caseIndex = Discriminant.checked((int) flat[at], payloads.length);
    AbiType payload = payloads[caseIndex];
    if (payload == null) {
      return form.make(caseIndex, null);
    }
    try {
      return form.make(caseIndex, payload.liftFlat(cx, flat, at + 1));
    } catch (AbiFault e) {
      throw e.under(steps[caseIndex]);
    }
  }

  @Override
  void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at) {
    int caseIndex = caseOf(value);
    Discriminant.store(block, at, discriminantSize, caseIndex);
    AbiType payload = payloads[caseIndex];
    Object content = form.payloadOf(value);
    if (payload == null) {
      checkNoPayload(caseIndex, content);
      return;
    }
    try {
      payload.store(cx, content, block, at + payloadOffset);
    } catch (AbiFault e) {
      throw e.under(steps[caseIndex]);
    }
  }

  @Override
  void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    int caseIndex = caseOf(value);
    flat[at] = caseIndex;
    Arrays.fill(flat, at + 1, at + flatCount(), 0);
    AbiType payload = payloads[caseIndex];
    Object content = form.payloadOf(value);
    if (payload == null) {
      checkNoPayload(caseIndex, content);
      return;
    }
    try {
      payload.lowerFlat(cx, content, flat, at + 1);
    } catch (AbiFault e) {
      throw e.under(steps[caseIndex]);
    }
  }

  private int caseOf(@Nullable Object value) {
    int caseIndex = form.caseOf(value);
    if (caseIndex < 0 || caseIndex >= payloads.length) {
      throw new ValueMisfit(
          caseIndex + " is not the index of one of " + payloads.length + " cases");
    }
    return caseIndex;
  }

  private void checkNoPayload(int caseIndex, @Nullable Object content) {
    if (content != null) {
      throw new ValueMisfit("the case " + steps[caseIndex] + " has no payload");
    }
  }
}
