/**
 * A phone as digits of E.164 without the plus, however people write it: `+7 918 777-77-77` and
 * `8 (918) 777-77-77` are both `79187777777`. `null` where it cannot be a phone (E.164 has 15 digits at most).
 */
export function phoneDigits(written: string): string | null {
  const digits = written.replace(/\D/g, "");
  // Russians write 8 for +7 at home; with a plus, 8… is another country.
  const trunk = digits.length === 11 && digits.startsWith("8") && !written.includes("+");
  const international = trunk ? `7${digits.slice(1)}` : digits;
  return /^[1-9]\d{6,14}$/.test(international) ? international : null;
}
