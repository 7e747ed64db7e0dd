"""Fixed words of the printed form.

They are Vietnamese whatever the language of the window: the form is an official paper
(NĐ 30/2020/NĐ-CP, Phụ lục I; heads of statistical forms).
"""

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FORM = "Biểu số: {form}"
RECEIVED_ON = "Ngày nhận báo cáo: …………………"
REPORTING_UNIT = "Đơn vị báo cáo:"
RECEIVING_UNIT = "Đơn vị nhận báo cáo:"
PERIOD = "Kỳ báo cáo: {period}"
WINDOW = "(Từ ngày {start} đến ngày {end})"
NUMBER = "Số: {number}"
SIGNED = "{place}, ngày {day} tháng {month} năm {year}"
PREPARER = "NGƯỜI LẬP BIỂU"
CHECKER = "NGƯỜI KIỂM TRA"
SIGN_NAME = "(Ký, ghi rõ họ tên)"
SIGN_SEAL = "(Ký, ghi rõ họ tên, đóng dấu)"
RECIPIENTS = "Nơi nhận:"
NOTES = "Ghi chú:"
INTERNAL = "LƯU HÀNH NỘI BỘ"
NOT_APPLICABLE = "x"
"""The cell does not apply to its row: no figure can stand there."""

DATA_SHEET = "_DULIEU"
LISTS_SHEET = "_DM"
DATA_HEADS = ("bieu", "phan", "dong", "cot", "gia_tri", "ghi_chu")
LISTS_HEADS = ("danh_muc", "ma", "ten", "hieu_luc_tu", "hieu_luc_den")
MANIFEST_HEADS = ("khoa", "gia_tri")
