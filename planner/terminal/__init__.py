"""A display for any Textual app that sends the terminal only the cells that changed.

An app uses the display by one method:

    def get_driver_class(self) -> type[Driver]:
        return cell_driver(super().get_driver_class())

`driver` sits between the app and the terminal, `grid` compares the wanted screen with the shown one, `moved_lines`
finds lines that have only moved, `difference` the shortest bytes for the others, `cell_style` describes how a cell is
drawn, `output` writes without waiting, `keys` corrects keys that a terminal cannot tell apart.
"""
